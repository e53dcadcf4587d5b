/** What Carrel keeps, for how long, and how it is taken out and brought in. */
export const keeping = {
  noticesLabel: 'What happened to the journal',
  dismiss: 'I have read this',
  settings: {
    title: 'How long scans are kept',
    intro:
      'First everything is kept of a scan. Then only request or item, what was done, when and by whom. In the end it is dropped, from the backups too. What is still open stays. What was removed does not come back.',
    fields: {
      reduceAfterDays: {
        label: 'Days in which everything is kept',
        hint: '1 to 365. Usual: 7. Whole numbers of library cards go after a day in any case.',
        mistake: 'A whole number from 1 to 365.',
      },
      dropAfterDays: {
        label: 'Days after which a scan is dropped',
        hint: '1 to 3650, and no fewer than those. Usual: 90.',
        mistake: 'A whole number from 1 to 3650, and no fewer than the days in which everything is kept.',
      },
    },
    save: 'Save the days',
    done: 'Saved. Carrel goes by it within a day.',
  },
};
