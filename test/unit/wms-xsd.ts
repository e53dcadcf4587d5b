import { readFileSync } from 'node:fs';
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

const folder = `${import.meta.dirname}/../fixtures/schemas/`;

// The schema imports its extensions by relative file names.
xmlRegisterFsInputProviders();
const driver = `${folder}ncip_v2_02_driver.xsd`;
const schema = XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(driver), { url: driver }));

/** What the NCIP 2.02 schema, with OCLC's extensions, has against a document; undefined when it is valid. */
export function schemaFault(xml: string | Uint8Array): string | undefined {
  const document = typeof xml === 'string' ? XmlDocument.fromString(xml) : XmlDocument.fromBuffer(xml);
  try {
    schema.validate(document);
    return undefined;
  } catch (error) {
    if (error instanceof XmlValidateError) return error.message;
    throw error;
  } finally {
    document.dispose();
  }
}
