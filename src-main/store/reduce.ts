import type { RecordBody } from '../contract/journal.ts';

/**
 * What is left of a record when its details have served their time: request or item, action, time and staff. Titles, the
 * sealed library card, what was said on screen and printed, free text and whatever a step carried along are gone.
 */
export function reduced(body: RecordBody): RecordBody {
  switch (body.type) {
    case 'scan': {
      const barcode = body.kind === 'patron-card' ? '' : body.barcode;
      return { type: 'scan', raw: barcode, barcode, kind: body.kind, source: body.source, reduced: true };
    }
    case 'step': {
      const { sentence: _said, params, ...rest } = body;
      const { barcode } = params;
      return { ...rest, params: typeof barcode === 'string' ? { barcode } : {} };
    }
    case 'prompt': {
      const { kind, kindText, destination, tag, rowId, sound, rule } = body.prompt;
      const prompt = { kind, kindText, tag, sound, rule, destination: { verb: destination.verb } };
      return {
        type: 'prompt',
        prompt: { ...prompt, why: [DETAILS_GONE], legs: [], offers: [], rowTitle: kindText, rowId, working: false },
      };
    }
    case 'cancelled':
      return { type: 'cancelled', reason: '' };
    default:
      // Carrel's own notes: numbers and codes, nothing of a person.
      return body;
  }
}

const DETAILS_GONE = 'The details were removed after the time set for keeping them.';
