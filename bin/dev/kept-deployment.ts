import * as fs from 'node:fs';
import type { Environment } from './deployed-state';

export interface Kept {
  /** The digest of what is deployed. */
  readonly digest: string;
  readonly environment: Environment;
  /** The cloud assembly that is deployed. */
  readonly assembly?: string;
  /** The state of everything that the synthesis was made from, as far as that is known. */
  readonly inputs?: string;
}

/** A file next to the emulator's state that records what is deployed. */
export class KeptDeployment {
  constructor(private readonly file: string) {}

  get digest(): string | undefined {
    return this.read()?.digest;
  }

  isBootstrapped(place: Environment): boolean {
    return JSON.stringify(this.read()?.environment) === JSON.stringify(place);
  }

  write(kept: Kept): void {
    fs.writeFileSync(this.file, JSON.stringify(kept));
  }

  forget(): void {
    fs.rmSync(this.file, { force: true });
  }

  read(): Kept | undefined {
    return fs.existsSync(this.file)
      ? (JSON.parse(fs.readFileSync(this.file, 'utf8')) as Kept)
      : undefined;
  }
}
