import { isbn13 } from '../barcodes.ts';
import type { Random } from '../random.ts';

/** A book as a catalogue knows it. */
export interface Work {
  readonly title: string;
  readonly author: string;
  readonly callNumber: string;
  readonly publisher: string;
  readonly place: string;
  readonly year: string;
  readonly isbn: string;
  readonly oclcNumber: string;
  readonly instanceId: string;
}

/** Public-domain classics with call numbers of their subject; editions and identifiers are invented. */
const CLASSICS: readonly (readonly [title: string, author: string, callNumber: string])[] = [
  ['Middlemarch', 'Eliot, George, 1819-1880', 'PR4662 .A1'],
  ['The origin of species', 'Darwin, Charles, 1809-1882', 'QH365 .O2'],
  ['The voyage of the Beagle', 'Darwin, Charles, 1809-1882', 'QH11 .D2'],
  ['Moby Dick, or, The whale', 'Melville, Herman, 1819-1891', 'PS2384 .M6'],
  ['Walden, or, Life in the woods', 'Thoreau, Henry David, 1817-1862', 'PS3048 .A1'],
  ['Jane Eyre', 'Brontë, Charlotte, 1816-1855', 'PR4167 .J3'],
  ['Wuthering Heights', 'Brontë, Emily, 1818-1848', 'PR4172 .W7'],
  ['Persuasion', 'Austen, Jane, 1775-1817', 'PR4034 .P4'],
  ['The narrative of the life of Frederick Douglass', 'Douglass, Frederick, 1818-1895', 'E449 .D75'],
  ['The souls of Black folk', 'Du Bois, W. E. B., 1868-1963', 'E185.6 .D797'],
  ['A vindication of the rights of woman', 'Wollstonecraft, Mary, 1759-1797', 'HQ1596 .W6'],
  ['On liberty', 'Mill, John Stuart, 1806-1873', 'JC585 .M6'],
  ['Leviathan', 'Hobbes, Thomas, 1588-1679', 'JC153 .H65'],
  ['The wealth of nations', 'Smith, Adam, 1723-1790', 'HB161 .S65'],
  ['Democracy in America', 'Tocqueville, Alexis de, 1805-1859', 'JK216 .T7'],
  ['The varieties of religious experience', 'James, William, 1842-1910', 'BR110 .J3'],
  ['The principles of psychology', 'James, William, 1842-1910', 'BF121 .J2'],
  ['The education of Henry Adams', 'Adams, Henry, 1838-1918', 'E175.5 .A174'],
  ['The awakening', 'Chopin, Kate, 1850-1904', 'PS1294 .C63'],
  ['My Ántonia', 'Cather, Willa, 1873-1947', 'PS3505 .A87'],
  ['The house of mirth', 'Wharton, Edith, 1862-1937', 'PS3545 .H16'],
  ['Leaves of grass', 'Whitman, Walt, 1819-1892', 'PS3201'],
  ['The histories', 'Herodotus', 'D58 .H4'],
  ['The Odyssey', 'Homer', 'PA4025 .A5'],
  ['Meditations', 'Marcus Aurelius, Emperor of Rome, 121-180', 'B580 .M3'],
  ['The tale of Genji', 'Murasaki Shikibu, born 978?', 'PL788.4 .G4'],
  ['The pillow book', 'Sei Shōnagon, born approximately 967', 'PL788.6 .M3'],
  ['The art of war', 'Sunzi, active 6th century B.C.', 'U101 .S95'],
  ['Don Quixote', 'Cervantes Saavedra, Miguel de, 1547-1616', 'PQ6329 .A2'],
  ['The divine comedy', 'Dante Alighieri, 1265-1321', 'PQ4315'],
  ['Madame Bovary', 'Flaubert, Gustave, 1821-1880', 'PQ2246 .M2'],
  ['The red and the black', 'Stendhal, 1783-1842', 'PQ2435 .R7'],
  ['Crime and punishment', 'Dostoyevsky, Fyodor, 1821-1881', 'PG3326 .P7'],
  ['Anna Karenina', 'Tolstoy, Leo, 1828-1910', 'PG3366 .A6'],
  ['Fathers and sons', 'Turgenev, Ivan Sergeevich, 1818-1883', 'PG3420 .O8'],
  ['The elements of Euclid', 'Euclid', 'QA31 .E88'],
  ['Micrographia', 'Hooke, Robert, 1635-1703', 'QH271 .H79'],
  ['Notes on nursing', 'Nightingale, Florence, 1820-1910', 'RT40 .N53'],
  ['Personal recollections from early life to old age', 'Somerville, Mary, 1780-1872', 'QA29 .S7'],
  ['The art of the fugue', 'Bach, Johann Sebastian, 1685-1750', 'M24 .B13'],
];

const SUBJECTS = [
  'Tidal mills',
  'Upland peat',
  'Signal boxes',
  'River ferries',
  'Timber bridges',
  'Alpine lichens',
  'Market halls',
  'Lighthouse keepers',
  'Paper makers',
  'Bell founders',
  'Salt roads',
  'Kelp forests',
  'Chalk streams',
  'Weaving sheds',
  'Rope walks',
  'Winter wheat',
] as const;

const FRAMES = [
  (subject: string, region: string) => `${subject} of ${region} : a field history`,
  (subject: string, region: string) => `A handbook of ${subject.toLowerCase()} in ${region}`,
  (subject: string, region: string) => `${subject} and their people : essays from ${region}`,
  (subject: string, region: string) => `The last ${subject.toLowerCase()} of ${region}`,
] as const;

const REGIONS = [
  'the northern estuary',
  'the Hartland coast',
  'the Vale of Orrin',
  'the upper Marne',
  'the Skagen shore',
  'the Tasman plain',
] as const;

const AUTHORS = [
  'Lindqvist, Marta',
  'Okafor, Daniel',
  'Brandt, Ilse',
  'Haverkamp, Joost',
  'Tregear, Alys',
  'Sato, Renji',
  'Maldonado, Inés',
  'Whitlock, Abel',
] as const;

const PUBLISHERS = [
  ['Harbour Press', 'Bergen'],
  ['Weir & Daughters', 'Leeds'],
  ['University of Orrin Press', 'Orrin'],
  ['Meridian House', 'Boston'],
] as const;

const CLASSES = ['HE', 'QK', 'TC', 'DA', 'GF', 'SB', 'TS', 'ML'] as const;

/** The n-th work of the story: classics first, then books that could exist. */
export function workNumber(random: Random, n: number): Work {
  const classic = CLASSICS[n];
  const [publisher, place] = random.pick(PUBLISHERS);
  const year = String(random.between(1968, 2024));
  const [title, author, classmark] = classic ?? invented(random);
  return {
    title,
    author,
    callNumber: `${classmark} ${year}`,
    publisher,
    place,
    year,
    isbn: isbn13(`9780000${String(10_000 + n).slice(-5)}`),
    oclcNumber: String(900_000_000 + n),
    instanceId: String(8_230_000 + n),
  };
}

function invented(random: Random): readonly [string, string, string] {
  const author = random.pick(AUTHORS);
  const cutter = `${author[0] ?? 'A'}${random.between(11, 98)}`;
  const title = random.pick(FRAMES)(random.pick(SUBJECTS), random.pick(REGIONS));
  return [title, author, `${random.pick(CLASSES)}${random.between(12, 4800)} .${cutter}`];
}
