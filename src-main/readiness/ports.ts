import type { Result } from '../contract/result.ts';

/** Sections of ReShare's settings that are looked at (mod-rs SettingsData.groovy). */
export type SettingsSection = 'requests' | 'hostLMSIntegration' | 'localNCIP' | 'sharedIndex';

/** mod-rs, or its successor CrossLink, and the sentence that says so. */
export interface FoundBackend {
  readonly kind: 'mod-rs' | 'crosslink';
  readonly sentence: string;
}

/** A directory entry that this library manages itself. */
export interface OwnEntry {
  readonly name: string;
  readonly kind: 'institution' | 'branch' | 'other';
  readonly slug?: string;
  /** With the authority: `RESHARE:ABC`. */
  readonly symbols: readonly string[];
  /** Tagged as a place where patrons fetch things. */
  readonly pickup: boolean;
}

/**
 * What became of one use of the library's WSKey. `unused`: not granted, and Carrel is not set to use it. `unreached`: OCLC gave
 * no answer to judge.
 */
export interface KeyUse {
  readonly outcome: 'works' | 'fails' | 'unused' | 'unreached';
  readonly sentence: string;
}

/** The library's own WSKey, and its uses by OCLC's names; a use that was not tried is missing. */
export interface KeyUses {
  readonly key: KeyUse;
  readonly WMS_NCIP?: KeyUse;
  readonly WMS_Availability?: KeyUse;
  readonly 'SCIM:read_user'?: KeyUse;
}

/** An account in WMS, without anything that names a person. */
export interface LendingAccount {
  readonly patronType?: string;
  readonly homeBranch?: string;
  readonly blocked: boolean;
}

/**
 * What the list is looked up through. Every look only reads, never rejects, and answers `no-permission` with a sentence that
 * names the permission where the account may not look. A system that is not set up has no port.
 */
export interface ReadinessPorts {
  readonly reshare?: {
    logIn(): Promise<Result<unknown>>;
    /** Which of both systems called ReShare the tenant has. */
    backend(): Promise<Result<FoundBackend>>;
    /** The account's own permissions; undefined where it may not ask for them. */
    permissions(): Promise<Result<ReadonlySet<string> | undefined>>;
    /** Values in force of the keys asked for, empty ones left out; nothing else of the section travels. */
    settings(section: SettingsSection, keys: readonly string[]): Promise<Result<ReadonlyMap<string, string>>>;
    directory(): Promise<Result<readonly OwnEntry[]>>;
  };
  readonly wms?: {
    keyUses(): Promise<KeyUses>;
    /** Undefined when WMS has no account with that barcode. */
    account(barcode: string): Promise<Result<LendingAccount | undefined>>;
  };
  readonly inventory?: { logIn(): Promise<Result<unknown>> };
  readonly openUrl?: {
    /** Asks for what creates nothing; `false` where the resolver does not know the symbol. */
    knows(symbol: string): Promise<Result<boolean>>;
  };
  /** The library's own names of its pickup locations, by slug (Settings). */
  readonly pickupNames?: readonly { readonly slug: string; readonly name: string }[];
}
