import * as fs from 'node:fs';
import { asText, at, parseJsonObject } from '../json/unknown';
import { DEFAULT_QUALIFIER, Environment } from './deployed-state';

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

  /** The file is complete from the first moment, also if the process is killed. */
  write(kept: Kept): void {
    const draft = `${this.file}.${process.pid}`;
    fs.writeFileSync(draft, JSON.stringify(kept));
    fs.renameSync(draft, this.file);
  }

  forget(): void {
    fs.rmSync(this.file, { force: true });
  }

  /** Undefined if nothing is deployed, or if the file is damaged: then everything is deployed again. */
  read(): Kept | undefined {
    const found = fs.existsSync(this.file)
      ? parseJsonObject(fs.readFileSync(this.file, 'utf8'))
      : undefined;
    const digest = asText(found?.digest);
    const [account, region, qualifier] = ['account', 'region', 'qualifier'].map((name) =>
      asText(at(found, 'environment', name)),
    );
    return digest === undefined || account === undefined || region === undefined
      ? undefined
      : {
          digest,
          environment: { account, region, qualifier: qualifier ?? DEFAULT_QUALIFIER },
          assembly: asText(found?.assembly),
          inputs: asText(found?.inputs),
        };
  }
}
