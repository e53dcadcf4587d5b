import { readFileSync } from 'node:fs';
import { buildNcip, readNcip } from '../../src-main/systems/wms/ncip/message.ts';
import { SERVICES } from '../../src-main/systems/wms/ncip/messages/index.ts';
import type { NcipService } from '../../src-main/systems/wms/ncip/messages/service.ts';
import { report, summarise, times } from './measure.ts';

/**
 * Writing a request and reading its answer, per NCIP message, without the network: `node test/bench/ncip.ts
 * [--short]`. One JSON line a message; times in milliseconds.
 */
const PAIRS: readonly (readonly [request: string, answer: string])[] = [
  ['staff-01-checkinitem', 'staff-02-checkinitem-response-reshelve'],
  ['staff-07-checkoutitem', 'staff-08-checkoutitem-response'],
  ['staff-10-requestitem', 'staff-11-requestitem-response'],
  ['staff-13-cancelrequestitem', 'staff-14-cancelrequestitem-response'],
  ['patron-01-lookupuser', 'patron-02-lookupuser-response'],
  ['gen-06-lookupitem', 'gen-07-lookupitem-response'],
  ['gen-08-lookupitemset', 'gen-09-lookupitemset-response-paged'],
  ['gen-10-lookuprequest', 'gen-11-lookuprequest-response'],
  ['patron-04-renewitem', 'patron-05-renewitem-response'],
  ['rs-01-acceptitem-reshare', 'rs-02-acceptitem-response'],
  ['gen-14-createitem', 'gen-15-createitem-response'],
  ['gen-16-deleteitem', 'gen-17-deleteitem-response'],
  ['patron-07-updaterequestitem', 'patron-08-updaterequestitem-answered-as-requestitemresponse'],
];
/** Rounds before the clock counts, so that the compiler has settled. */
const WARM_UP = 3_000;

const samples = new URL('../fixtures/ncip/', import.meta.url);
const bytesOf = (name: string): Uint8Array => readFileSync(new URL(`${name}.xml`, samples));
const rounds = times(5_000, 1_000);

for (const [request, answer] of PAIRS) {
  const asked = readNcip(bytesOf(request));
  if (asked.kind !== 'message') throw new Error(`${request}: ${asked.reason}`);
  const service = SERVICES[asked.name as keyof typeof SERVICES] as unknown as NcipService<unknown, unknown>;
  const ask = service.readRequest(asked.element);
  const bytes = bytesOf(answer);
  const samplesMs: number[] = [];
  for (let i = 0; i < WARM_UP + rounds; i += 1) {
    const began = performance.now();
    const built = buildNcip(service, ask, asked.header ?? {});
    const read = readNcip(bytes);
    if (!built.ok || read.kind !== 'message') throw new Error(`${request} could not be written or ${answer} read`);
    service.readResponse(read.element);
    if (i >= WARM_UP) samplesMs.push(performance.now() - began);
  }
  report(summarise(`ncip build+parse ${service.name}`, samplesMs));
}
