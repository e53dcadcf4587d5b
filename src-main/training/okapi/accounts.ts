import { namedUuid } from '../random.ts';

/** A user of one tenant. */
export interface Account {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Permission names; a trailing `*` grants everything below it. */
  permissions: readonly string[];
  active: boolean;
  failures: number;
}

export function account(
  tenant: string,
  username: string,
  password: string,
  name: readonly [string, string],
  permissions: readonly string[],
): Account {
  return {
    id: namedUuid(`user:${tenant}:${username}`),
    username,
    password,
    firstName: name[0],
    lastName: name[1],
    permissions,
    active: true,
    failures: 0,
  };
}

export function holds(who: Account, permission: string): boolean {
  return who.permissions.some((held) =>
    held.endsWith('*') ? permission.startsWith(held.slice(0, -1)) : held === permission,
  );
}
