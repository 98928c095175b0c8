import type { Unreadable } from './notes.ts';

/** The encryption of a folder, without decrypting anything. */
export interface EncryptionStatus {
  readonly state: EncryptionState;
  readonly hasKey: boolean;
  /** The number of our encrypted files. */
  readonly encryptedCount: number;
  /** Notes in plaintext. */
  readonly plaintext: readonly string[];
  /** The recipient in the folder, and the recipient that this machine encrypts for. */
  readonly advertised?: string;
  readonly pinned?: string;
  /** Whether everything is encrypted: notes, drafts, trash, and copies beside the notes. */
  readonly isWhole: boolean;
}

/** The result of converting files; paths are relative to the folder. */
export interface ConversionResult {
  readonly done: number;
  /** Files that could not be converted and are unchanged, and why. */
  readonly left: readonly Unreadable[];
}

/**
 * Encrypts and decrypts the notes of a folder, changes the key and the passphrase. Any step can be interrupted:
 * every note stays readable, and the same command finishes it.
 */
export interface Encryption {
  readonly folder: string;
  readonly status: () => EncryptionStatus;
  /** Throws a Problem if something is in the way: two versions of a note, a text in an editor, a missing key. */
  readonly check: () => Promise<void>;
  /** Finishes an `encrypt off` that was interrupted when nothing was encrypted any more. */
  readonly settle: () => Promise<void>;
  /**
   * Creates a key, encrypted with the passphrase, and returns it as age writes it. By then it has been tried,
   * this machine has pinned it, and the state is `enabling`.
   */
  readonly makeKey: (passphrase: string) => Promise<string>;
  /** Encrypts every plaintext file. Asks for the passphrase unless this run created the key. */
  readonly encryptAll: (tick: Tick) => Promise<ConversionResult>;
  /** Decrypts every encrypted file. When none is left, moves the key aside and returns its new path. */
  readonly decryptAll: (tick: Tick) => Promise<ConversionResult & { readonly key?: string }>;
  /**
   * Creates a new key and encrypts everything for it. The old keys stay in the identity file, so that files
   * from another machine can still be decrypted.
   */
  readonly rotate: (tick: Tick) => Promise<ConversionResult>;
  /** Asks for the passphrase and tries it. */
  readonly unlock: () => Promise<void>;
  /** Encrypts the key with another passphrase. */
  readonly change: (passphrase: string) => Promise<void>;
  /**
   * Pins the recipient of the folder's key on this machine, once unlocked. If the folder is no longer
   * encrypted, forgets the pin.
   */
  readonly trust: () => Promise<'pinned' | 'forgotten' | 'nothing'>;
  /** Where plaintext may survive: version histories, editor files. Nothing there is touched. */
  readonly survivors: () => readonly string[];
}

/** Reports progress: `n` of `of` files are done. */
export type Tick = (n: number, of: number) => void;

/** How far the encryption of a folder has come. */
export type EncryptionState = 'off' | 'enabling' | 'on' | 'disabling' | 'rotating';
