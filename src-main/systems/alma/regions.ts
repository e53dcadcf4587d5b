import type { AlmaConnection, AlmaRegion } from '../../contract/alma-connection.ts';

/** API hosts by region (developers.exlibrisgroup.com, "Calling Alma APIs"). */
const HOSTS: Readonly<Record<AlmaRegion, string>> = {
  na: 'api-na.hosted.exlibrisgroup.com',
  eu: 'api-eu.hosted.exlibrisgroup.com',
  ap: 'api-ap.hosted.exlibrisgroup.com',
  aps: 'api-aps.hosted.exlibrisgroup.com',
  ca: 'api-ca.hosted.exlibrisgroup.com',
  cn: 'api-cn.hosted.exlibrisgroup.com.cn',
};

/** Where the library's Alma is called, without a slash at its end. */
export function baseAddress({ region, address }: Pick<AlmaConnection, 'region' | 'address'>): string {
  return `${(address ?? `https://${HOSTS[region]}`).replace(/\/+$/, '')}/almaws/v1`;
}
