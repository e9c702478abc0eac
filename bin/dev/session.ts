import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AppModel } from '../../lib/model/app-model';
import { readModels } from '../assembly';
import { select } from '../choose-app';
import { connect } from '../cloud';
import { DeployedApp, findDeployed } from '../deployed-app';
import { UserError } from '../user-error';
import { ApiFronts } from './api-fronts';
import { AppSources, appCommand } from './app-sources';
import { baseState, BASE_ENVIRONMENT, emulatorCache, emulatorPython } from './base-state';
import { Cdk, CdkError, projectCdk } from './cdk';
import { deploymentFailed, synthesisFailed } from './cdk-failures';
import { assetsOf, digestOf, Environment, environmentsOf } from './deployed-state';
import { forEmulator } from './emulated-template';
import { freePort, LocalEmulator, reachable } from './emulator';
import { awsVariables, environmentFor } from './emulator-environment';
import type { Invocation } from './function-process';
import type { Ran } from './function-pool';
import { FunctionServer } from './function-server';
import { emptyFolder, LocalFunctions } from './local-functions';
import { KeptDeployment } from './kept-deployment';
import { devFolder, type DevLock } from './lock';
import { projectEsbuild } from './project-esbuild';
import { Reaper } from './reaper';
import { removeFolder, removeLeftover } from './remove-folder';
import { FileWatch } from './watch-files';

/** The default port of Node.js's inspector. */
const FIRST_INSPECTOR = 9229;

export interface SessionOptions {
  /** The folder of cdk.json. */
  readonly project: string;
  readonly app?: string;
  /** The address of the user's own emulator. */
  readonly endpoint?: string;
  readonly fresh: boolean;
  readonly port?: number;
  readonly inspect: boolean;
  readonly enforceIam: boolean;
  /** Context for the synthesis, in addition to that in cdk.json. */
  readonly context?: Readonly<Record<string, string>>;
  /**
   * The folder for its state, inside the one that `dev` keeps in the project.
   * @default 'dev'
   */
  readonly state?: string;
}

/** The output for the developer. */
export interface SessionView {
  progress(text: string): void;
  /** A note, shown on a separate line. */
  note(text: string): void;
  problem(text: string): void;
  ran(fn: AppModel['functions'][number], invocation: Invocation, ran: Ran): void;
  ready(apps: readonly DeployedApp[], places: SessionPlaces): void;
}

export interface SessionPlaces {
  /** The address of each app's API, by the path of the app. */
  readonly urls: ReadonlyMap<string, string>;
  readonly inspectors: ReadonlyMap<string, number>;
}

/** One run of `serverless-app dev`: the emulator, the functions, and the reaction to changed files. */
export class DevSession {
  private readonly folder: string;
  private readonly cache = emulatorCache();
  private readonly reaper = new Reaper();
  private readonly fronts: ApiFronts;
  private readonly kept: KeptDeployment;
  private emulator?: LocalEmulator;
  private server?: FunctionServer;
  private functions?: LocalFunctions;
  private cdk?: Cdk;
  private watch?: FileWatch;
  private sources?: AppSources;
  private endpoint = '';
  private assembly = '';
  private place: Environment = BASE_ENVIRONMENT;
  private removed = new Set<string>();
  private work: Promise<void> = Promise.resolve();
  private syntheses = 0;
  private stopped = false;

  constructor(
    private readonly options: SessionOptions,
    private readonly lock: Pick<DevLock, 'tell' | 'release'>,
    private readonly view: SessionView,
  ) {
    this.folder = path.join(devFolder(options.project), options.state ?? 'dev');
    this.fronts = new ApiFronts(options.port);
    this.kept = new KeptDeployment(path.join(this.folder, 'deployed.json'));
  }

  /** Starts everything, and returns once the app answers. */
  async start(): Promise<void> {
    const { project, endpoint, fresh } = this.options;
    appCommand(project);
    const builder = projectEsbuild(project);
    if (fresh) {
      removeFolder(this.folder);
    }
    fs.mkdirSync(this.folder, { recursive: true });
    this.sources = new AppSources(builder, project);
    this.functions = new LocalFunctions({
      project,
      folder: emptyFolder(path.join(this.folder, 'functions')),
      builder,
      reaper: this.reaper,
      inspect: this.options.inspect ? await freePort(FIRST_INSPECTOR) : undefined,
      onRan: (fn, invocation, ran) => {
        this.view.ran(fn, invocation, ran);
      },
      onProblems: (ids, problems) => {
        problems.forEach((problem) => {
          this.view.problem(problem);
        });
        this.view.note(`${ids.join(', ')}: the last version that compiled keeps running`);
      },
      onRebuilt: (ids, milliseconds) => {
        this.view.note(`${ids.join(', ')} rebuilt in ${milliseconds} ms`);
      },
    });
    if (endpoint === undefined) {
      await this.startEmulator();
    } else {
      this.endpoint = await reachable(endpoint);
    }
    this.cdk = this.cdkFor(BASE_ENVIRONMENT);
    this.view.progress('synthesizing');
    await this.synthesize();
    await Promise.all([this.deploy(), this.sources.read()]);
    this.startWatch();
  }

  /** Ends everything. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.watch?.stop();
    this.cdk?.stop();
    this.fronts.stop();
    await this.emulator?.stop();
    this.server?.stop();
    await this.functions?.stop();
    this.reaper.stop();
    this.lock.release();
  }

  /** The next event of each function meets a cold start. */
  cold(): void {
    this.functions?.cold();
  }

  /** Synthesizes and deploys again, once the current work is done. */
  async deployAgain(force = false): Promise<void> {
    const done = this.work.then(async () => {
      this.view.progress('synthesizing');
      await this.synthesize();
      await Promise.all([this.deploy(force), this.sources?.read()]);
      this.watch?.addFiles([...(this.sources?.all ?? []), ...(this.functions?.inputs ?? [])]);
    });
    this.work = done.catch((error: unknown) => {
      this.report(error);
    });
    return this.work;
  }

  private async startEmulator(): Promise<void> {
    const python = await emulatorPython(this.cache, (line) => {
      this.view.progress(`${line} (once, into ${this.cache})`);
    });
    const host = this.functions as LocalFunctions;
    this.server = await FunctionServer.start(host);
    const folder = path.join(this.folder, 'emulator');
    const functions = this.server.address;
    if (!fs.existsSync(path.join(folder, 'state'))) {
      const state = await baseState(this.cache, (draft) => this.makeBase(python, draft, functions));
      this.kept.forget();
      fs.cpSync(state, folder, { recursive: true });
    }
    this.view.progress('starting the AWS emulator');
    const port = await freePort();
    this.emulator = new LocalEmulator({
      python,
      folder,
      port,
      functions,
      onDeath: () => void this.revive(),
    });
    await this.emulator.start();
    this.endpoint = this.emulator.endpoint;
  }

  /** Bootstraps an emulator and keeps its state for all projects. */
  private async makeBase(python: string, draft: string, functions: string): Promise<void> {
    this.view.progress('bootstrapping the emulator (once)');
    const emulator = new LocalEmulator({
      python,
      folder: draft,
      port: await freePort(),
      functions,
      onDeath: () => undefined,
    });
    await emulator.start();
    try {
      const { account, region } = BASE_ENVIRONMENT;
      const cdk = projectCdk({ ...this.cdkProps(BASE_ENVIRONMENT, emulator.endpoint) });
      await cdk.bootstrap(`aws://${account}/${region}`);
    } finally {
      await emulator.stop();
    }
  }

  private cdkProps(place: Environment, endpoint: string): Parameters<typeof projectCdk>[0] {
    const cdkHome = path.join(this.cache, 'cdk-home');
    return {
      project: this.options.project,
      context: this.options.context,
      environment: environmentFor({ endpoint, ...place, cdkHome }),
      onLine: () => undefined,
    };
  }

  private cdkFor(place: Environment): Cdk {
    this.cdk?.stop();
    // The clients of other commands in this process find the emulator by the same variables.
    Object.assign(process.env, awsVariables({ endpoint: this.endpoint, ...place }));
    return projectCdk(this.cdkProps(place, this.endpoint));
  }

  /** Synthesizes into a new folder, since the deployed assembly must stay as it is if the synthesis fails. */
  private async synthesize(): Promise<void> {
    const output = path.join(this.folder, `assembly-${process.pid}-${++this.syntheses}`);
    try {
      await this.cdk?.synth(output);
    } catch (error) {
      removeLeftover(output);
      throw error instanceof CdkError ? synthesisFailed(error, this.options.project) : error;
    }
    for (const what of forEmulator(output)) {
      if (!this.removed.has(what)) {
        this.removed.add(what);
        this.view.note(`left out, since the emulator does not support it: ${what}`);
      }
    }
    const before = this.assembly;
    this.assembly = output;
    await this.functions?.use(this.models().flatMap(({ functions }) => functions));
    for (const entry of fs.readdirSync(this.folder)) {
      const other = path.join(this.folder, entry);
      if (entry.startsWith('assembly-') && other !== output && other !== before) {
        removeLeftover(other);
      }
    }
  }

  private models(): readonly AppModel[] {
    return select(readModels(this.assembly), this.options.app);
  }

  private async deploy(force = false): Promise<void> {
    await this.prepareEnvironment();
    const digest = digestOf(this.assembly);
    if (force || this.kept.digest !== digest) {
      this.view.progress('deploying');
      await this.emulator?.enforceIam(false);
      const models = this.models();
      const stacks = this.options.app === undefined ? [undefined] : models.map(stackPath);
      for (const stack of stacks) {
        await this.cdk?.deploy(this.assembly, stack).catch((error: unknown) => {
          throw error instanceof CdkError ? deploymentFailed(error) : error;
        });
      }
      this.kept.write(digest, this.place);
    }
    await this.emulator?.enforceIam(this.options.enforceIam);
    await this.connectApps();
  }

  /** The account and region of the stacks, which must be bootstrapped. */
  private async prepareEnvironment(): Promise<void> {
    const [place, ...others] = environmentsOf(this.assembly);
    if (place === undefined) {
      return;
    }
    if (others.some((other) => other.account !== place.account)) {
      throw new UserError(
        'the app deploys to several accounts, but the emulator stands in for only one at a time',
        'run a part of it: `serverless-app dev --app <name>`',
      );
    }
    if (JSON.stringify(place) === JSON.stringify(this.place)) {
      return;
    }
    this.cdk = this.cdkFor(place);
    this.place = place;
    if (!this.kept.isBootstrapped(place)) {
      this.view.progress(`bootstrapping ${place.account}/${place.region} in the emulator`);
      const { account, region, qualifier } = place;
      const own = qualifier === BASE_ENVIRONMENT.qualifier ? undefined : qualifier;
      await this.cdk.bootstrap(`aws://${account}/${region}`, own);
    }
  }

  private async connectApps(): Promise<void> {
    const reader = await connect({ region: this.place.region }).stacks();
    const apps = await Promise.all(this.models().map((model) => findDeployed(model, reader)));
    this.functions?.connect(
      apps.flatMap(({ model }) => model.functions),
      assetsOf(this.assembly),
    );
    const urls = await this.fronts.point(
      this.endpoint,
      apps.map(({ model }) => model),
    );
    const { account, region } = this.place;
    this.lock.tell({
      endpoint: this.endpoint,
      url: [...urls.values()][0],
      account,
      region,
      assembly: this.assembly,
    });
    this.view.ready(apps, { urls, inspectors: this.functions?.inspectors ?? new Map() });
  }

  private startWatch(): void {
    this.watch = new FileWatch((files) => {
      this.changed(files).catch((error: unknown) => {
        this.report(error);
      });
    });
    this.watch.addTree(fs.realpathSync(this.options.project));
    this.watch.addFiles([...(this.sources?.all ?? []), ...(this.functions?.inputs ?? [])]);
  }

  private async changed(files: readonly string[]): Promise<void> {
    const isHandler = (file: string): boolean => this.functions?.isInput(file) === true;
    const handler = files.some(isHandler);
    const infrastructure = files.some(
      (file) => this.sources?.concerns(file, isHandler(file)) === true,
    );
    await this.functions?.changed(files);
    this.watch?.addFiles(this.functions?.inputs ?? []);
    if (infrastructure || (handler && this.emulator === undefined)) {
      await this.deployAgain();
    }
  }

  /** The emulator has ended by itself. Its state is from when it last ended normally, so everything is deployed again. */
  private async revive(): Promise<void> {
    if (this.stopped) {
      return;
    }
    this.view.problem(
      'the emulator ended unexpectedly; it starts again, without what was written since `serverless-app dev` started',
    );
    try {
      await this.emulator?.start();
      await this.deployAgain(true);
    } catch (error) {
      this.report(error);
    }
  }

  private report(error: unknown): void {
    if (this.stopped) {
      return;
    }
    this.view.problem(
      error instanceof UserError
        ? `${error.message}: ${error.remedy}`
        : error instanceof Error
          ? error.message
          : String(error),
    );
    this.view.note('the last version keeps running');
  }
}

/** `Prod/Orders`, by which the CDK selects a stack. */
function stackPath({ app }: AppModel): string {
  return app.path.split('/').slice(0, -1).join('/');
}
