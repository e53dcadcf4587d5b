import type { ActionForm, FormField } from '../contract/request-detail.ts';
import type { RequestView } from '../contract/request.ts';
import { EDIT_ACTION, NOTE_ACTION } from './request-forms.ts';
import { fail, ok, type Result } from '../contract/result.ts';

/** Their fields are laid over the record's own, so only what was changed is kept and sent on. */
export const EDITS: ReadonlySet<string> = new Set([EDIT_ACTION, NOTE_ACTION, 'rerequest', 'requesterRetryValidation']);
const NEEDS_A_CHANGE: ReadonlySet<string> = new Set([EDIT_ACTION, NOTE_ACTION]);

type Params = Readonly<Record<string, unknown>>;

/**
 * The parameters of an action from what was typed into its form, as mod-rs reads them (`actionParams`); or which field is
 * missing or wrong. Fields left empty are left out, except where emptying is what the form is for.
 */
export function paramsOf(
  form: ActionForm,
  values: Readonly<Record<string, string>>,
  view: Pick<RequestView, 'volumes'>,
): Result<Params> {
  const params: Record<string, unknown> = {};
  const changesOnly = EDITS.has(form.action);
  for (const field of form.fields) {
    const typed = (values[field.name] ?? '').trim();
    if (changesOnly && typed === field.value.trim() && typed !== '') continue;
    if (typed === '') {
      if (field.required) return missing(field);
      // An emptied field of the record is a change; an empty parameter is none.
      if (field.value !== '') params[field.name] = '';
      continue;
    }
    const value = valueOf(field, typed, view);
    if (!value.ok) return value;
    params[field.name] = value.value;
  }
  const alone = aloneIn(form, params);
  if (alone !== undefined) return missing(alone);
  return NEEDS_A_CHANGE.has(form.action) && Object.keys(params).length === 0
    ? fail('bad-input', 'Nothing was changed, so nothing was sent.', { mender: 'desk' })
    : ok(params);
}

/**
 * The field that is missing beside others: a condition of CrossLink is words or a cost, and a cost has its currency
 * (`addConditionsLenderRequest`).
 */
function aloneIn({ fields }: ActionForm, params: Params): FormField | undefined {
  const field = (name: string): FormField | undefined => fields.find((one) => one.name === name);
  const currency = field('currency');
  if (currency === undefined) return undefined;
  if (params['cost'] !== undefined) return params['currency'] === undefined ? currency : undefined;
  return params['loanCondition'] === undefined ? field('loanCondition') : undefined;
}

function valueOf(field: FormField, typed: string, view: Pick<RequestView, 'volumes'>): Result<unknown> {
  switch (field.kind) {
    case 'choice':
      return field.options?.some(({ value }) => value === typed) === true
        ? ok(typed)
        : wrong(field, 'must be one of the list');
    case 'number':
      return /^\d+(\.\d{1,2})?$/.test(typed) ? ok(typed) : wrong(field, 'must be a number such as 12.50');
    case 'day': {
      const at = /^\d{4}-\d{2}-\d{2}$/.test(typed) ? Date.parse(`${typed}T00:00:00Z`) : Number.NaN;
      if (Number.isNaN(at)) return wrong(field, 'must be a day such as 2026-12-04');
      return ok(field.name === 'loanDateOverride' ? `${typed}T23:59:59Z` : typed);
    }
    case 'items':
      return itemsOf(field, typed, view);
    case 'text':
    case 'note':
      return ok(typed);
  }
}

/** `{itemId, name}` for each line; a volume that is on the request and not in the list any more is removed (`_delete`). */
function itemsOf(field: FormField, typed: string, { volumes }: Pick<RequestView, 'volumes'>): Result<unknown> {
  const items = typed.split(/\r?\n/).flatMap((line) => {
    const [itemId = '', ...name] = line.trim().split(/\s+/);
    return itemId === '' ? [] : [name.length === 0 ? { itemId } : { itemId, name: name.join(' ') }];
  });
  const ids = items.map(({ itemId }) => itemId);
  if (new Set(ids).size < ids.length) return wrong(field, 'names a barcode twice');
  const gone = volumes.filter(({ itemId }) => !ids.includes(itemId));
  return ok([...items, ...gone.map(({ itemId }) => ({ itemId, _delete: true }))]);
}

function missing({ label }: FormField): Result<never> {
  return fail('bad-input', `“${label}” is needed. Nothing was sent.`, { mender: 'desk', retry: 'now' });
}

function wrong({ label }: FormField, what: string): Result<never> {
  return fail('bad-input', `“${label}” ${what}. Nothing was sent.`, { mender: 'desk', retry: 'now' });
}
