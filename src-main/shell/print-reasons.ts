/**
 * The failure reason of Electron's `webContents.print` in words for the desk. Electron documents that there is a reason,
 * not which ones; an unknown one is shown as it came.
 */
export function printTrouble(reason: string, printer: string): string {
  if (/deviceName|printer name/i.test(reason)) return unknownPrinter(printer);
  if (/no (valid )?printers?|printers? available|printer.*(network|not found)/i.test(reason)) return NO_PRINTER;
  if (/cancel/i.test(reason)) return 'The printer’s queue cancelled it.';
  return `The printer refused it (“${reason.slice(0, 120)}”).`;
}

export const NO_PRINTER = 'No printer here; tell IT.';

function unknownPrinter(printer: string): string {
  if (printer === '') return NO_PRINTER;
  return `This computer has no printer called “${printer}”. Correct it in Settings.`;
}
