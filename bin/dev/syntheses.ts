import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AppModel } from '../../lib/model/app-model';
import { readModels } from '../assembly';
import { select } from '../choose-app';
import { Cdk, CdkError } from './cdk';
import { synthesisFailed } from './cdk-failures';
import { forEmulator } from './emulated-template';
import { removeLeftover } from './remove-folder';

export interface SynthesesProps {
  /** The folder of cdk.json. */
  readonly project: string;
  /** Where cloud assemblies are written. */
  readonly folder: string;
  readonly app?: string;
  /** Called once with each thing that is left out for the emulator. */
  readonly onLeftOut: (what: string) => void;
}

/** The cloud assemblies of the project. Each is a new folder, since the deployed one must stay as it is if a synthesis fails. */
export class Syntheses {
  /** The last one that succeeded. */
  assembly = '';

  /** The one that is deployed, which other commands and the live report read. */
  deployed = '';

  private readonly leftOut = new Set<string>();
  private count = 0;

  constructor(private readonly props: SynthesesProps) {}

  get models(): readonly AppModel[] {
    return select(readModels(this.assembly), this.props.app);
  }

  async synthesize(cdk: Cdk, deploys: boolean): Promise<void> {
    const { project, folder, onLeftOut } = this.props;
    const output = path.join(folder, `assembly-${process.pid}-${++this.count}`);
    try {
      await cdk.synth(output, deploys);
    } catch (error) {
      removeLeftover(output);
      throw error instanceof CdkError ? synthesisFailed(error, project) : error;
    }
    for (const what of forEmulator(output)) {
      if (!this.leftOut.has(what)) {
        this.leftOut.add(what);
        onLeftOut(what);
      }
    }
    this.assembly = output;
    for (const entry of fs.readdirSync(folder)) {
      const other = path.join(folder, entry);
      if (entry.startsWith('assembly-') && other !== output && other !== this.deployed) {
        removeLeftover(other);
      }
    }
  }
}
