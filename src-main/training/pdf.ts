/** One slip: a heading, a value also drawn as Code 39, and lines of text. */
export interface Slip {
  readonly heading: string;
  readonly code: string;
  readonly lines: readonly string[];
}

/** Code 39: nine elements a character, `w` wide and `n` narrow, bar first. */
const CODE39: Readonly<Record<string, string>> = {
  '0': 'nnnwwnwnn',
  '1': 'wnnwnnnnw',
  '2': 'nnwwnnnnw',
  '3': 'wnwwnnnnn',
  '4': 'nnnwwnnnw',
  '5': 'wnnwwnnnn',
  '6': 'nnwwwnnnn',
  '7': 'nnnwnnwnw',
  '8': 'wnnwnnwnn',
  '9': 'nnwwnnwnn',
  A: 'wnnnnwnnw',
  B: 'nnwnnwnnw',
  C: 'wnwnnwnnn',
  D: 'nnnnwwnnw',
  E: 'wnnnwwnnn',
  F: 'nnwnwwnnn',
  G: 'nnnnnwwnw',
  H: 'wnnnnwwnn',
  I: 'nnwnnwwnn',
  J: 'nnnnwwwnn',
  K: 'wnnnnnnww',
  L: 'nnwnnnnww',
  M: 'wnwnnnnwn',
  N: 'nnnnwnnww',
  O: 'wnnnwnnwn',
  P: 'nnwnwnnwn',
  Q: 'nnnnnnwww',
  R: 'wnnnnnwwn',
  S: 'nnwnnnwwn',
  T: 'nnnnwnwwn',
  U: 'wwnnnnnnw',
  V: 'nwwnnnnnw',
  W: 'wwwnnnnnn',
  X: 'nwnnwnnnw',
  Y: 'wwnnwnnnn',
  Z: 'nwwnwnnnn',
  '-': 'nwnnnnwnw',
  '*': 'nwnnwnwnn',
};

function bars(code: string, x: number, y: number): string {
  let at = x;
  let out = '';
  for (const char of `*${code}*`) {
    const pattern = CODE39[char];
    if (pattern === undefined) continue;
    pattern.split('').forEach((element, i) => {
      const width = element === 'w' ? 3 : 1.2;
      if (i % 2 === 0) out += `${at.toFixed(1)} ${y} ${width} 40 re f\n`;
      at += width;
    });
    at += 1.2;
  }
  return out;
}

/** Text of a PDF string: Latin-1, with the three characters that mean something escaped. */
const pdfText = (text: string): string => text.replace(/[^ -~¡-ÿ]/g, '?').replace(/[\\()]/g, String.raw`\$&`);

function page(slip: Slip): string {
  const heading = `BT /F1 16 Tf 50 780 Td (${pdfText(slip.heading)}) Tj ET\n`;
  const code = `BT /F1 14 Tf 50 690 Td (${pdfText(slip.code)}) Tj ET\n`;
  const lines = slip.lines.map((line, i) => `BT /F1 11 Tf 50 ${660 - i * 18} Td (${pdfText(line)}) Tj ET\n`);
  return heading + bars(slip.code, 50, 715) + code + lines.join('');
}

/** A small PDF, one page a slip, as the Jasper report `PullSlip.jrxml` prints: number in Code 39, title, call number, place. */
export function pullSlipPdf(slips: readonly Slip[]): Uint8Array {
  const pages = slips.map((_, i) => `${4 + i * 2} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages}] /Count ${slips.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...slips.flatMap((slip, i) => {
      const content = page(slip);
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + i * 2} 0 R >>`,
        `<< /Length ${content.length} >>\nstream\n${content}endstream`,
      ];
    }),
  ];
  let out = '%PDF-1.4\n';
  const offsets = objects.map((body, i) => {
    const at = out.length;
    out += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const start = out.length;
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}
