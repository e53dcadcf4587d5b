/** What the screens use of the contract between the two processes, from one place. */
export {
  ReshareSettings,
  DeskSettings,
  DeskStep,
  SecretName,
  WmsConnection,
} from '../../src-main/contract/settings.ts';
export { DEFAULT_RETENTION, Retention } from '../../src-main/contract/keeping.ts';
export { ExportFormat, SHORTEST_PASSPHRASE } from '../../src-main/contract/keep.ts';
export { AlmaConnection } from '../../src-main/contract/alma-connection.ts';
export type { AlmaCalls } from '../../src-main/contract/alma-connection.ts';
export type { ProfilePreview } from '../../src-main/contract/library-profile.ts';
export { TwoSystems } from '../../src-main/contract/two-systems.ts';
export { Sound } from '../../src-main/contract/prompt.ts';
export { RequestSort } from '../../src-main/contract/worklists.ts';
export type {
  RequestFilter,
  SavedFilter,
  WorklistChoices,
  RowsAnswer,
  RowsInput,
  WorklistCount,
  WorklistId,
  WorklistRow,
  WorklistTile,
} from '../../src-main/contract/worklists.ts';
export { SearchBy } from '../../src-main/contract/place.ts';
export type { PatronCheck, PlacedRequest, PlacePage, PlaceResult, PlaceState } from '../../src-main/contract/place.ts';
export { BATCH_CHARACTERS } from '../../src-main/contract/place-batch.ts';
export type { BatchRow, PlaceBatch } from '../../src-main/contract/place-batch.ts';
export type { Pile } from '../../src-main/contract/pile.ts';
export type { PullSlipsDone } from '../../src-main/contract/pull-slips.ts';
export { SCANNER_LABEL, SetupStep } from '../../src-main/contract/setup.ts';
export { ReadinessGroup } from '../../src-main/contract/readiness.ts';
export type {
  CancelRow,
  LegStanding,
  LoanDates,
  SeenDate,
  TaskField,
  TaskGuide,
  TaskList,
  TaskView,
} from '../../src-main/contract/tasks.ts';
export type { ReadinessLine } from '../../src-main/contract/readiness.ts';
export type { AgreementItem } from '../../src-main/contract/agreement.ts';
export { modesOf, OfflineAction } from '../../src-main/contract/offline.ts';
export type { OfflineLine, OfflineState } from '../../src-main/contract/offline.ts';
export type { PromptKind } from '../../src-main/contract/prompt.ts';
export type { Offer, Prompt } from '../../src-main/contract/prompt.ts';
export type { StepState, ScanLine } from '../../src-main/contract/journal.ts';
export type { RequestView, Volume } from '../../src-main/contract/request.ts';
export type { CheckLine, SecretState, Settings, StepMode } from '../../src-main/contract/settings.ts';
export type { Result } from '../../src-main/contract/result.ts';
export type {
  ActionForm,
  ActedOn,
  FormField,
  RequestDetail,
  RequestMessage,
  Timeline,
  TimelineMark,
} from '../../src-main/contract/request-detail.ts';
