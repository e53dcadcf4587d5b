/** Looking into a read document, as the NCIP rooms below import it. */
export * from '../../http/xml/find.ts';
