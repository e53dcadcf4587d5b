import type { PickupChoice } from '../../contract/place.ts';
import type { CheckLine, PickupName } from '../../contract/settings.ts';
import { failed, fine } from '../okapi/probe.ts';
import type { ManagedEntry } from './set-up.ts';

/**
 * Where requests may be picked up: the library's managed branches tagged `pickup` in the directory, under the names the library
 * gave them. A place that cannot be chosen stays on the list and says why.
 */
export function pickupChoices(entries: readonly ManagedEntry[], names: readonly PickupName[]): readonly PickupChoice[] {
  const pickups = entries.filter(({ kind, pickup }) => kind === 'branch' && pickup);
  const choices = pickups.map(({ name, slug }): PickupChoice => {
    const own = names.find((one) => one.slug === slug)?.name ?? name;
    return slug === undefined
      ? { name: own, trouble: 'Its directory entry has no slug. Ask your ReShare support desk to enter one.' }
      : { name: own, slug };
  });
  const unknown = names
    .filter(({ slug }) => !pickups.some((one) => one.slug === slug))
    .map(({ slug, name }): PickupChoice => ({ name, trouble: whyUnknown(slug, entries) }));
  return [...choices, ...unknown];
}

function whyUnknown(slug: string, entries: readonly ManagedEntry[]): string {
  const entry = entries.find((one) => one.slug === slug);
  return entry === undefined
    ? `The directory has no entry with the slug “${slug}”. Correct it in Settings.`
    : `“${entry.name}” (${slug}) is in the directory, but is no branch tagged as pickup location.`;
}

/** Each name the library gave a pickup location, held against the directory: the mapping a request's `svc.pickupLocation` needs. */
export function checkPickupNames(entries: readonly ManagedEntry[], names: readonly PickupName[]): readonly CheckLine[] {
  const choices = pickupChoices(entries, names);
  const mapped = names.map(({ slug, name }): CheckLine => {
    const what = `Pickup at ${name}`;
    const trouble = choices.find((one) => one.name === name && one.trouble !== undefined)?.trouble;
    return trouble === undefined
      ? fine(what, `The directory has “${slug}” as a pickup location.`)
      : failed(what, trouble);
  });
  const unnamed = choices.filter(({ slug }) => slug !== undefined && !names.some((one) => one.slug === slug));
  if (names.length === 0 || unnamed.length === 0) return mapped;
  const rest = unnamed.map(({ slug, name }) => `${name} (${slug ?? ''})`).join(', ');
  const sentence = `The library gave no name of its own to ${rest}; Carrel shows the directory’s.`;
  return [...mapped, { what: 'Other pickup locations', outcome: 'warning', sentence }];
}
