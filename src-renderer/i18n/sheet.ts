/** English words of the printed list of scans. */
export const sheet = {
  title: 'Scans, to be scanned from this sheet',
  how: 'Scan the bars here instead of the label: Carrel takes it as that thing’s label and says where it goes.',
  open: 'open',
  noLabel: 'Scan the thing itself; its label may not stand on paper.',
  noBars: 'Type it; it has no bars.',
  shred: 'Shred this sheet when it is worked off.',
  page: (page: string, pages: string) => `Page ${page} of ${pages}`,
};
