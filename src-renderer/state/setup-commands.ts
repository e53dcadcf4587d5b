import { t } from '../i18n/index.ts';
import { isFirst, isLast } from './setup-steps.ts';
import type { Workplace } from './workplace.svelte.ts';

/** What a function key of the guide does, for the key bar. */
interface SetupCommand {
  readonly key: string;
  readonly face: string;
  readonly label: string;
  readonly run: () => void;
}

/** The way to the set-up guide, and its keys. */
export function setupCommands(workplace: Workplace): readonly SetupCommand[] {
  const { screen, setup, settings, pending } = workplace;
  const words = t.setup;
  const command = (key: string, label: string, run: () => void): SetupCommand => ({ key, face: key, label, run });
  if (screen === 'settings') return [command('F10', words.open, () => void workplace.openSetup())];
  if (screen !== 'setup') return [];
  const restart = settings.restartFor !== undefined && pending.length === 0;
  return [
    command('F9', words.tests[setup.step], () => void setup.test()),
    command('F10', isLast(setup.step) ? words.doneLast : words.done, () => void setup.done()),
    command('F11', words.skip, () => void setup.skip()),
    ...(isFirst(setup.step) ? [] : [command('F7', words.back, () => void setup.back())]),
    ...(restart ? [command('F8', words.restart, () => void setup.restart())] : []),
    command('F3', words.putAway, () => void workplace.putSetupAway()),
  ];
}
