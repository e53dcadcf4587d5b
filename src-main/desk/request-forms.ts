import type { ActionForm, FormField } from '../contract/request-detail.ts';
import type { Choice, RequestRecord, TenantChoices } from '../contract/request-record.ts';
import { actionWords } from './data/actions.ts';
import { crosslinkForm, isCrosslinkAction } from './data/crosslink-forms.ts';
import { isCrosslink } from './data/crosslink-states.ts';
import { EDIT, EDIT_NOTE, FORMS, STRANGE, type FieldRule, type FormRule } from './data/request-forms.ts';

/** What the forms of a request are made from. */
export interface FormScene {
  readonly record: RequestRecord;
  readonly choices: TenantChoices;
  /** Undefined where they were not asked for or could not be read. */
  readonly closeStates?: readonly Choice[];
}

/** Carrel's own name for changing the record itself; mod-rs does it by PUT. */
export const EDIT_ACTION = 'edit';
/** The same for its local note alone. */
export const NOTE_ACTION = 'editLocalNote';

const WORDS: Readonly<Record<string, string>> = {
  message: 'Message',
  localNote: 'Local note',
  manualClose: 'Close by hand',
  undo: 'Undo the fill',
  [EDIT_ACTION]: 'Change the request',
  [NOTE_ACTION]: 'Local note',
};

/** Read marks: they have buttons of their own beside the messages. */
const READ_MARKS: ReadonlySet<string> = new Set(['messageSeen', 'messagesAllSeen']);

const YES_NO: readonly Choice[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];
const ABORT: readonly Choice[] = [
  { value: 'true', label: 'With abort' },
  { value: 'false', label: 'Without abort' },
];

/** What an action is called; a code nobody has named is shown as it came. */
export function actionName(code: string, side: RequestRecord['view']['side']): string {
  return WORDS[code] ?? actionWords(code, side)?.todo ?? code;
}

function isKnown(code: string, view: RequestRecord['view']): boolean {
  if (code === EDIT_ACTION || code === NOTE_ACTION) return true;
  return isCrosslink(view) ? isCrosslinkAction(code) : FORMS[code] !== undefined;
}

/** The forms of all that may be done now: the system's main action first, then as the system lists them. */
export function formsOf(scene: FormScene): readonly ActionForm[] {
  const { view } = scene.record;
  const valid = (view.validActions ?? []).filter(({ code }) => !READ_MARKS.has(code));
  const first = valid.find(({ primary }) => primary) ?? valid.find(({ primaryOnly }) => primaryOnly);
  const codes = valid.map(({ code }) => code);
  const ordered = [...new Set([...(first === undefined ? [] : [first.code]), ...codes])];
  const own = scene.record.edits.map((what) => (what === 'fields' ? EDIT_ACTION : NOTE_ACTION));
  return [...ordered, ...own].map((code) => formOf(code, scene, code === first?.code));
}

/** The form of one action. */
export function formOf(code: string, scene: FormScene, main = false): ActionForm {
  const { view } = scene.record;
  const rule = ruleOf(code, view);
  const fields = rule.fields.map((field) => fieldOf(field, scene));
  const obstacle = obstacleOf(code, fields, scene);
  return {
    action: code,
    label: actionName(code, view.side),
    main,
    known: isKnown(code, view),
    caution: rule.caution,
    fields,
    ...(obstacle === undefined ? {} : { obstacle }),
  };
}

function obstacleOf(code: string, fields: readonly FormField[], { record }: FormScene): string | undefined {
  // mod-rs offers it again and would make a second one.
  if (code === 'rerequest' && record.succeededBy !== undefined) {
    return 'It was placed anew already. Open the newer request and go on there.';
  }
  const missing = fields.find(({ kind, required, options }) => kind === 'choice' && required && options?.length === 0);
  return missing === undefined
    ? undefined
    : `ReShare did not tell the choices for “${missing.label}”, so this cannot be sent from here now.`;
}

function ruleOf(code: string, view: RequestRecord['view']): FormRule {
  if (code === EDIT_ACTION) return EDIT;
  if (code === NOTE_ACTION) return EDIT_NOTE;
  if (!isCrosslink(view)) return FORMS[code] ?? STRANGE;
  return crosslinkForm(code, view.validActions?.find((valid) => valid.code === code)?.parameters ?? []);
}

function fieldOf(rule: FieldRule, scene: FormScene): FormField {
  const { from, ...rest } = rule;
  const options = from === undefined ? undefined : optionsOf(from, scene);
  // Where the library's locations may not be read, one can still be typed: mod-rs takes the name or the code.
  const typed = from === 'locations' || from === 'shelvingLocations';
  if (options !== undefined && options.length === 0 && typed) {
    return { ...rest, kind: 'text', value: valueOf(rule, scene), hint: 'Its name or code, as ReShare writes it.' };
  }
  return {
    ...rest,
    ...(options === undefined ? {} : { options: [...options] }),
    value: valueOf(rule, scene),
  };
}

function optionsOf(from: NonNullable<FieldRule['from']>, { choices, closeStates }: FormScene): readonly Choice[] {
  if (from === 'yesNo') return YES_NO;
  if (from === 'abort') return choices.reference['slnpCancelOrAbortSupplyReasons'] ?? ABORT;
  if (from === 'closeStates') return closeStates ?? [];
  if (from === 'locations') return choices.locations ?? [];
  if (from === 'shelvingLocations') return choices.shelvingLocations ?? [];
  return choices.reference[from] ?? [];
}

function valueOf({ name }: FieldRule, { record, choices }: FormScene): string {
  const { view } = record;
  switch (name) {
    case 'pickLocation':
      return chosen(view.pickLocation, choices.locations);
    case 'pickShelvingLocation':
      return chosen(view.shelvingLocation, choices.shelvingLocations);
    case 'callnumber':
      return view.callNumber ?? '';
    case 'localNote':
      return record.localNote ?? '';
    case 'itemBarcodes':
      return view.volumes.map((volume) => [volume.itemId, volume.name].filter(Boolean).join(' ')).join('\n');
    default:
      return record.editable[name] ?? '';
  }
}

function chosen(name: string | undefined, places: readonly Choice[] | undefined): string {
  if (name === undefined) return '';
  return places?.find(({ value, label }) => value === name || label === name)?.value ?? (places ? '' : name);
}
