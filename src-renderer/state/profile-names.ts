import { t } from '../i18n/index.ts';

type Names = Readonly<Record<string, string>>;

const { settings, alma, lock, keeping, place, slip, offline } = t;
const two = t.tasks.settings;

const RESHARE: Names = {
  okapiUrl: settings.okapiUrl,
  tenant: settings.tenant,
  username: settings.username,
  inventoryTenant: settings.inventoryTenant,
  inventoryUsername: settings.inventoryUsername,
  openUrlAddress: settings.openUrlAddress,
  inventoryKind: place.settings.inventoryKind,
  openUrlDoor: place.settings.door,
  pickupNames: place.settings.pickupNames,
  parallel: settings.parallel,
};

const WMS: Names = {
  registryId: settings.wms.registryId,
  branch: settings.wms.branch,
  hereCodes: settings.wms.hereCodes,
  branches: settings.wms.branches,
  illBranch: settings.wms.illBranch,
  pickups: settings.wms.pickups,
  callsPerDay: settings.wms.callsPerDay,
  parallel: settings.parallel,
  keyId: settings.wms.keyId,
  ...settings.wms.addressOf,
  scopes: settings.wms.uses,
  signIn: settings.wms.signIn,
  context: settings.wms.context,
  ...Object.fromEntries(Object.entries(settings.wms.specialOf).map(([name, { label }]) => [name, label])),
};

const ALMA: Names = {
  region: alma.region,
  address: alma.address,
  library: alma.library,
  partner: alma.partner,
  'scanDesk.library': alma.scanLibrary,
  'scanDesk.desk': alma.scanDesk,
  cancelReason: alma.cancelReason,
  lenderSystem: alma.lender,
  tipasaNcip: alma.tipasaNcip,
  patronTravels: alma.travels,
  proved: alma.proved,
};

const TWO_SYSTEMS: Names = {
  cleanUpDays: two.fields.cleanUpDays.label,
  'relais.portalUrl': two.fields.relaisPortal.label,
  'relais.serviceUrl': two.fields.relaisService.label,
  'relais.symbol': two.fields.relaisSymbol.label,
  'relais.partnership': two.fields.relaisPartnership.label,
  almaUrl: two.fields.almaUrl.label,
  worldshareUrl: two.fields.worldshareUrl.label,
  wmsUrl: two.fields.wmsUrl.label,
  'temporaryItems.holding': two.fields.holding.label,
  'temporaryItems.shelving': two.fields.shelving.label,
};

const DESK: Names = {
  name: settings.deskName,
  branch: settings.branch,
  doubleScanSeconds: settings.doubleScan,
  settleMinutes: settings.settle,
  returnMarginDays: settings.returnMargin,
  holdShelfDays: settings.holdShelf,
  itemPrefixes: settings.itemPrefixes,
  patronPrefixes: settings.patronPrefixes,
  ...under('steps', settings.stepsTitle, settings.steps),
  ...under('sounds', settings.soundsTitle, settings.sounds),
  ...under('slips.modes', slip.title, slip.kinds),
  'slips.paper': slip.paper,
  'slips.printer': slip.printer,
  'slips.name': slip.name,
  ...under('offline.actions', offline.settings.title, offline.settings.actions),
  'offline.replayByItself': offline.settings.byItself,
  'offline.staleHours': offline.settings.staleHours,
};

/** Each section as its part of Settings is called, and its fields as they are called there. */
const SECTIONS: Readonly<Record<string, readonly [title: string, fields: Names]>> = {
  reshare: [settings.connection, RESHARE],
  wms: [settings.wms.title, WMS],
  alma: [alma.title, ALMA],
  twoSystems: [two.title, TWO_SYSTEMS],
  lock: [lock.settings.title, { afterMinutes: lock.settings.minutes }],
  retention: [
    keeping.settings.title,
    {
      reduceAfterDays: keeping.settings.fields.reduceAfterDays.label,
      dropAfterDays: keeping.settings.fields.dropAfterDays.label,
    },
  ],
  desk: [settings.desk, DESK],
};

/** A field of a library profile (`wms.hereCodes`) as the settings screen calls it; its path where that has no field for it. */
export function profileFieldName(path: string): string {
  const [section = '', ...rest] = path.split('.');
  const [title, fields] = SECTIONS[section] ?? [];
  if (title === undefined || fields === undefined) return path;
  if (rest.length === 0) return title;
  const name = fields[rest.join('.')];
  return name === undefined ? path : `${title}${t.separator}${name}`;
}

/** Fields below one path, each with what they are about: "In an outage: Fill" is another field than the step "Fill". */
function under(path: string, about: string, names: Readonly<Record<string, { readonly name: string }>>): Names {
  return Object.fromEntries(
    Object.entries(names).map(([field, { name }]) => [`${path}.${field}`, `${about}: ${name}`]),
  );
}
