import { describe, expect, it } from 'vitest';
import { decodeXml } from '../../src-main/systems/http/xml/decode.ts';
import { parseXml } from '../../src-main/systems/http/xml/parse.ts';

const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le');

describe('decoding', () => {
  it.each([
    [
      'a mark before anything else',
      Buffer.from('\uFEFF<?xml version="1.0" encoding="ISO-8859-1"?><é/>'),
      undefined,
      'utf-8',
    ],
    ['a mark of UTF-16', utf16le('\uFEFF<é/>'), 'text/xml; charset=utf-8', 'utf-16le'],
    ['UTF-16 without a mark', utf16le('<é/>'), undefined, 'utf-16le'],
    [
      'the declaration before the header',
      Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><é/>', 'latin1'),
      'text/xml; charset=utf-8',
      'windows-1252',
    ],
    [
      'the header without a declaration',
      Buffer.from('<é/>', 'latin1'),
      'text/xml; charset="ISO-8859-1"',
      'windows-1252',
    ],
    ['UTF-8 without either', Buffer.from('<é/>'), undefined, 'utf-8'],
    ['UTF-8 for a name nobody knows', Buffer.from('<?xml version="1.0" encoding="x-none"?><é/>'), undefined, 'utf-8'],
    [
      'UTF-8 for a UTF-16 that cannot be',
      Buffer.from('<?xml version="1.0" encoding="UTF-16"?><é/>'),
      undefined,
      'utf-8',
    ],
  ])('goes by %s', (_, bytes, contentType, encoding) => {
    const decoded = decodeXml(bytes, contentType);
    expect(decoded).toMatchObject({ encoding, fellBack: false });
    expect(decoded.text).toContain('<é/>');
  });

  it('falls back to Windows-1252 and says so', () => {
    const bytes = Buffer.from('<?xml version="1.0" encoding="UTF-8"?><x>M\u00fcller</x>', 'latin1');
    expect(decodeXml(bytes)).toMatchObject({ encoding: 'windows-1252', fellBack: true });
    expect(parseXml(bytes)).toMatchObject({ ok: true, root: { text: 'Müller' }, notes: ['encoding-fallback'] });
  });
});

describe('parsing', () => {
  const fault = (xml: string | Uint8Array) => {
    const read = parseXml(xml);
    return read.ok ? 'none' : read.fault;
  };

  it('refuses a DOCTYPE that declares anything, and skips one that does not', () => {
    expect(fault('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')).toBe('declarations');
    expect(fault('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [ ]><x/>')).toBe('declarations');
    expect(parseXml('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>')).toMatchObject({ ok: true, doctype: true });
  });

  it('knows the five entities of XML and no other', () => {
    expect(parseXml('<x>&lt;&amp;&gt;&quot;&apos;&#xE9;&#233;</x>')).toMatchObject({ root: { text: '<&>"\'éé' } });
    for (const name of ['nbsp', 'a8', 'toString', 'constructor', '__proto__', 'hasOwnProperty']) {
      expect(fault(`<x>&${name};</x>`), name).toBe('undefined-entity');
    }
  });

  it('stops at the size limit without reading', () => {
    const hostile = Buffer.alloc(10 * 1024 * 1024, '<a>');
    expect(parseXml(hostile)).toEqual({
      ok: false,
      fault: 'too-large',
      reason: '10485760 bytes, at most 1048576 are read',
    });
    expect(fault(`<x>${'é'.repeat(600_000)}</x>`)).toBe('too-large');
  });

  it('stops at the depth limit', () => {
    expect(fault('<a>'.repeat(65) + '</a>'.repeat(65))).toBe('too-deep');
    expect(fault('<a>'.repeat(64) + '</a>'.repeat(64))).toBe('none');
    expect(fault('<a>'.repeat(300_000))).toBe('too-deep');
  });

  it.each([
    ['', 'empty'],
    [' \n ', 'empty'],
    ['{"a":1}', 'not-xml'],
    ['<a><b>', 'truncated'],
    ['<a', 'truncated'],
    ['<a/><b/>', 'two-documents'],
    ['<a></b>', 'malformed'],
    ['<a b=c/>', 'malformed'],
    ['<!-- nothing -->', 'truncated'],
  ])('%j is %s', (xml, expected) => {
    expect(fault(xml)).toBe(expected);
  });

  it('reads by local name, leaves out namespaces, comments and instructions, and joins text and CDATA', () => {
    const read = parseXml(
      '<?pi x?><!-- c --><n:a xmlns:n="u" n:Scheme=" s " other="o"><!-- c -->x<b/><![CDATA[ <y> ]]>&amp;z</n:a><?pi?>',
    );
    expect(read).toMatchObject({
      root: { name: 'a', attributes: { Scheme: 's', other: 'o' }, text: 'x <y> &z', children: [{ name: 'b' }] },
    });
    expect(read.ok && Object.keys(read.root.attributes)).toEqual(['Scheme', 'other']);
  });

  it('drops characters XML does not allow, written out or as references, and says so', () => {
    const read = parseXml('<a>x\u0000\u0001&#x1;&#31;&#x0B;&#0;y&#9;z</a>');
    expect(read).toMatchObject({ ok: true, root: { text: 'xy\tz' }, notes: ['control-characters-dropped'] });
  });
});
