import type { Task, TaskGuide, TaskLeg } from '../contract/tasks.ts';
import type { TaskSettings } from './ports.ts';
import { systemName } from './words.ts';

/** Words of a Relais portal address that would name a patron or sign somebody in (OCLC help: OpenURL tags of the portal). */
const PERSONAL = new Set(['pi', 'ps', 'ul', 'up', 'authzid', 'password', 'pin', 'apikey']);

/**
 * The address of the system's own screen, from the library's settings: https alone, with the request's number where the
 * library put `{request}`, and never with anything of a patron.
 */
export function linkOf(task: Task, leg: TaskLeg, settings: TaskSettings): TaskGuide['link'] {
  if (leg.system === 'reshare') return undefined;
  const template = settings.links[leg.system];
  if (template === undefined) return undefined;
  const { refs } = task.subject;
  const request = { relais: refs.relaisRequest, alma: refs.almaRequest, 'worldshare-ill': refs.worldshareRequest };
  const number = leg.system === 'wms' ? task.subject.label : request[leg.system];
  const url = safeUrl(template.replaceAll('{request}', encodeURIComponent(number ?? '')), template);
  return url === undefined ? undefined : { label: `Open ${systemName(leg.system, settings)}`, url };
}

function safeUrl(text: string, template: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const base = URL.canParse(template) ? new URL(template) : undefined;
  // A request's number never leads to another host.
  if (url?.protocol !== 'https:' || url.host !== base?.host || url.username !== '' || url.password !== '')
    return undefined;
  return [...url.searchParams.keys()].some((name) => PERSONAL.has(name.toLowerCase())) ? undefined : url.href;
}
