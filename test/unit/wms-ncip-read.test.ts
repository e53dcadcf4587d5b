import { describe, expect, it } from 'vitest';
import { readNcip } from '../../src-main/systems/wms/ncip/message.ts';
import { EXPECTED } from './wms-ncip-expected.ts';
import { bytesOf, contentOf, xmlFiles } from './wms-samples.ts';
import { schemaFault } from './wms-xsd.ts';

const files = xmlFiles('ncip');

describe('the good NCIP samples', () => {
  it('are all in the table, and nothing else is', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual([...files].sort());
    expect(files).toHaveLength(74);
  });

  it.each(files)('%s is valid and says what the table says', (file) => {
    const bytes = bytesOf(`ncip/${file}`);
    expect(schemaFault(bytes)).toBeUndefined();
    const message = readNcip(bytes);
    if (message.kind !== 'message') throw new Error(`${message.why}: ${message.reason}`);
    const expected = EXPECTED[file];
    expect({
      name: message.name,
      header: message.header,
      problems: message.problems,
      terms: message.terms,
      body: contentOf(message),
    }).toEqual({
      name: expected?.name,
      header: expected?.header,
      problems: expected?.problems ?? [],
      terms: expected?.terms,
      body: expected?.body,
    });
    expect(message.version).toMatch(/ncip_v2_0[12]\.xsd$/);
    expect(message.notes).toEqual([]);
  });

  it('keep their Ext as it came', () => {
    const message = readNcip(bytesOf('ncip/patron-01-lookupuser.xml'));
    expect(message.kind === 'message' && message.ext?.children[0]).toMatchObject({
      name: 'ResponseElementControl',
      children: [
        { name: 'ElementType', text: 'Requested Item' },
        { name: 'StartElement', text: '1' },
        { name: 'MaximumCount', text: '10' },
      ],
    });
  });
});
