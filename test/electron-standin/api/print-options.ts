import type { PrintToPDFOptions } from 'electron';

/** Paper sizes in inches, as Electron's documentation of `printToPDF` lists them. */
const PAPER: Readonly<Record<string, readonly [width: number, height: number]>> = {
  A0: [33.1, 46.8],
  A1: [23.4, 33.1],
  A2: [16.54, 23.4],
  A3: [11.7, 16.54],
  A4: [8.27, 11.7],
  A5: [5.83, 8.27],
  A6: [4.13, 5.83],
  Ledger: [17, 11],
  Legal: [8.5, 14],
  Letter: [8.5, 11],
  Tabloid: [11, 17],
};

/** Electron's options of `printToPDF` in the protocol's words. @throws Error for an unknown paper size. */
export function printParameters(options: PrintToPDFOptions): Record<string, string | number | boolean> {
  const { pageSize = 'Letter', margins } = options;
  const [paperWidth, paperHeight] =
    typeof pageSize === 'string' ? paperNamed(pageSize) : [pageSize.width, pageSize.height];
  return {
    landscape: options.landscape ?? false,
    displayHeaderFooter: options.displayHeaderFooter ?? false,
    printBackground: options.printBackground ?? false,
    scale: options.scale ?? 1,
    paperWidth,
    paperHeight,
    marginTop: margins?.top ?? 0.4,
    marginBottom: margins?.bottom ?? 0.4,
    marginLeft: margins?.left ?? 0.4,
    marginRight: margins?.right ?? 0.4,
    pageRanges: options.pageRanges ?? '',
    preferCSSPageSize: options.preferCSSPageSize ?? false,
    generateTaggedPDF: options.generateTaggedPDF ?? false,
    ...(options.headerTemplate === undefined ? {} : { headerTemplate: options.headerTemplate }),
    ...(options.footerTemplate === undefined ? {} : { footerTemplate: options.footerTemplate }),
  };
}

function paperNamed(name: string): readonly [width: number, height: number] {
  const paper = PAPER[name];
  if (!paper) throw new Error(`Invalid pageSize ${name}`);
  return paper;
}
