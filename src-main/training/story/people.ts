import { libraryBarcode } from '../barcodes.ts';
import type { Random } from '../random.ts';
import type { Patron } from '../world.ts';

const GIVEN = [
  'Ana',
  'Bela',
  'Chidi',
  'Dorothea',
  'Emil',
  'Farida',
  'Goran',
  'Hanne',
  'Imani',
  'Joaquim',
  'Keiko',
  'Lemuel',
  'Mirela',
  'Nils',
  'Oona',
  'Priya',
  'Quentin',
  'Rosalind',
  'Samir',
  'Tamsin',
  'Ulrike',
  'Viktor',
  'Wanda',
  'Ximena',
  'Yusuf',
  'Zora',
] as const;

const FAMILY = [
  'Abernathy',
  'Brandvold',
  'Castellane',
  'Dragomir',
  'Estrada',
  'Fenwick',
  'Galanis',
  'Hartigan',
  'Ibekwe',
  'Jurado',
  'Kestrel',
  'Lindqvist',
  'Marchetti',
  'Novotny',
  'Okafor',
  'Pemberton',
  'Quillon',
  'Rautio',
  'Sandoval',
  'Thorne',
  'Urbina',
  'Varga',
  'Wexford',
  'Yamane',
  'Zelenka',
] as const;

const PROFILES = ['UNDERGRAD', 'GRAD', 'FACULTY', 'STAFF', 'COMMUNITY'] as const;

/** Invented patrons with valid card numbers. */
export function people(random: Random, tenant: string, barcodeCode: string, count: number): readonly Patron[] {
  return Array.from({ length: count }, (_, i) => {
    const givenName = random.pick(GIVEN);
    const surname = random.pick(FAMILY);
    return {
      id: random.uuid(),
      barcode: libraryBarcode(2, barcodeCode, 100_200 + i * 37),
      givenName,
      surname,
      email: `${givenName[0]?.toLowerCase()}.${surname.toLowerCase()}@${tenant}.example.edu`,
      profile: random.pick(PROFILES),
    };
  });
}
