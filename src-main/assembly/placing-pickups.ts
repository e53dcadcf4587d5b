import type { PickupChoice } from '../contract/place.ts';
import type { PickupName } from '../contract/settings.ts';
import type { ManagedEntry } from '../systems/reshare/set-up.ts';

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
