import * as fs from 'node:fs';
import type { Environment } from './deployed-state';

interface Kept {
  readonly digest: string;
  readonly environment: Environment;
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

  write(digest: string, environment: Environment): void {
    const kept: Kept = { digest, environment };
    fs.writeFileSync(this.file, JSON.stringify(kept));
  }

  forget(): void {
    fs.rmSync(this.file, { force: true });
  }

  private read(): Kept | undefined {
    return fs.existsSync(this.file)
      ? (JSON.parse(fs.readFileSync(this.file, 'utf8')) as Kept)
      : undefined;
  }
}
