/** The shared XML reader, as the NCIP rooms below import it. */
export * from '../../http/xml/parse.ts';
