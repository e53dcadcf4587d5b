/** What Carrel keeps, for how long, and how it is taken out and brought in. */
export const keeping = {
  noticesLabel: 'What happened to the journal',
  dismiss: 'I have read this',
};
