import type { Unreadable } from './notes.ts';

/** How it stands with the sealing of a folder; nothing is opened to know it. */
export interface EncryptionStatus {
  readonly state: EncryptionState;
  readonly hasKey: boolean;
  /** Files of ours that are sealed, and notes that are not. */
  readonly encryptedCount: number;
  readonly plaintext: readonly string[];
  /** The recipient that the folder names, and the one that this machine encrypts for. */
  readonly advertised?: string;
  readonly pinned?: string;
  /** Whether everything is encrypted: notes, drafts, the trash and what lies beside the notes. */
  readonly isWhole: boolean;
}

/** What came of going through the files; paths relative to the folder. */
export interface ConversionResult {
  readonly done: number;
  /** Those that could not be turned, and why: they are as they were. */
  readonly left: readonly Unreadable[];
}

/**
 * Seals a folder's notes, opens them again, changes key and passphrase. Each can be ended at any point, every
 * note can be read then, and the same again finishes it.
 */
export interface Encryption {
  readonly folder: string;
  readonly status: () => EncryptionStatus;
  /**
   * Throws a Problem when something has to be settled first: two versions of a note, a text in an editor, a
   * missing key.
   */
  readonly check: () => Promise<void>;
  /**
   * Completes an `encrypt off` that was interrupted in its last steps, when nothing was encrypted any more.
   */
  readonly settle: () => Promise<void>;
  /**
   * Makes a key, sealed by the passphrase, and gives it as age writes it; it is proved by then, pinned on
   * this machine, and the state says `enabling`.
   */
  readonly makeKey: (passphrase: string) => Promise<string>;
  /** Seals all that is not sealed yet. Asks for the passphrase where this run has not made the key. */
  readonly encryptAll: (tick: Tick) => Promise<ConversionResult>;
  /** Opens all that is sealed; where nothing is left the key is put aside, and gives where. */
  readonly decryptAll: (tick: Tick) => Promise<ConversionResult & { readonly key?: string }>;
  /**
   * Makes a new key and seals everything for it. Those before it are kept with it, so that what another
   * machine seals for them can be opened.
   */
  readonly rotate: (tick: Tick) => Promise<ConversionResult>;
  /** Asks for the passphrase and proves it. */
  readonly unlock: () => Promise<void>;
  /** Seals the key by another passphrase. */
  readonly change: (passphrase: string) => Promise<void>;
  /**
   * Pins on this machine what the folder's key, once unlocked, seals for; where the folder is not sealed any
   * more, forgets what was pinned.
   */
  readonly trust: () => Promise<'pinned' | 'forgotten' | 'nothing'>;
  /**
   * Where clear words may survive: histories and version folders, files of editors. Nothing there is touched.
   */
  readonly survivors: () => readonly string[];
}

export type Tick = (n: number, of: number) => void;

/** How far the sealing of a folder has come. */
export type EncryptionState = 'off' | 'enabling' | 'on' | 'disabling' | 'rotating';
