import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RescueReport } from '../contract/keeping.ts';
import { onFiles, writeWhole } from './files.ts';

/** What the last rescue came to, until it is dismissed. */
export function rescueReport(file: string): RescueReport | undefined {
  if (!existsSync(reportFile(file))) return undefined;
  return onFiles('The report of a rescue cannot be read', () =>
    RescueReport.parse(JSON.parse(readFileSync(reportFile(file), 'utf8'))),
  );
}

export function dismissRescueReport(file: string): void {
  onFiles('The report of a rescue cannot be removed', () => {
    rmSync(reportFile(file), { force: true });
  });
}

/** Durable on return. */
export function writeRescueReport(file: string, report: RescueReport): void {
  writeWhole(reportFile(file), JSON.stringify(report));
}

function reportFile(file: string): string {
  return join(dirname(file), 'journal-rescue.json');
}
