import * as fs from 'node:fs';
import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import { version } from '../../package.json';
import { connect } from '../cloud';
import { findDeployed } from '../deployed-app';
import { UserError } from '../user-error';
import { appCommand } from './app-command';
import { AppSources } from './app-sources';
import { emulatorCache } from './base-state';
import type { Cdk } from './cdk';
import { Deployments } from './deployments';
import { assetsOf, Environment } from './deployed-state';
import { freePort, reachable } from './emulator';
import { awsVariables, environmentFor, knowsAccount } from './emulator-environment';
import { addressesOf, Fronts } from './fronts';
import { FunctionServer } from './function-server';
import { emptyFolder, LocalFunctions } from './local-functions';
import { Kept, KeptDeployment } from './kept-deployment';
import { devFolder, type DevLock } from './lock';
import { OwnEmulator } from './own-emulator';
import { packageLists } from './package-lists';
import { projectCdk } from './project-cdk';
import { projectEsbuild } from './project-esbuild';
import { projectInputs } from './project-inputs';
import { Reaper } from './reaper';
import { removeFolder } from './remove-folder';
import type { SessionOptions, SessionView } from './session-view';
import { Syntheses } from './syntheses';
import { FileWatch } from './watch-files';

/** The default port of Node.js's inspector. */
const FIRST_INSPECTOR = 9229;

/** One run of `serverless-app dev`: the emulator, the functions, and the reaction to changed files. */
export class DevSession {
  private readonly folder: string;
  private readonly cache = emulatorCache();
  /** The environment when the command was started. AWS clients find the emulator by variables that are set later. */
  private readonly environment = { ...process.env };
  private readonly reaper = new Reaper();
  private readonly fronts: Fronts;
  private readonly syntheses: Syntheses;
  private readonly deployments: Deployments;
  private readonly watch: FileWatch;
  private emulator?: OwnEmulator;
  private server?: FunctionServer;
  private functions?: LocalFunctions;
  private sources?: AppSources;
  private endpoint = '';
  /** The start of the emulator. */
  private emulating: Promise<void> = Promise.resolve();
  /** The first time that the app answers. */
  private started: Promise<void> = Promise.resolve();
  /** The start, and then syntheses and deployments, one after the other. */
  private work: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly options: SessionOptions,
    private readonly lock: Pick<DevLock, 'tell' | 'release'>,
    private readonly view: SessionView,
  ) {
    const { project, app, enforceIam } = options;
    this.folder = path.join(devFolder(project), options.state ?? 'dev');
    this.fronts = new Fronts(options.port);
    this.syntheses = new Syntheses({
      project,
      folder: this.folder,
      app,
      onLeftOut: (what) => {
        view.note(`left out, since the emulator does not support it: ${what}`);
      },
    });
    this.deployments = new Deployments({
      kept: this.kept,
      app,
      enforceIam,
      cdkFor: (place) => this.cdkAt(place, this.endpoint),
      enforce: async (enforce) => this.emulator?.enforceIam(enforce),
      progress: (text) => {
        view.progress(text);
      },
    });
    this.watch = new FileWatch((files) => {
      this.changed(files).catch((error: unknown) => {
        this.report(error);
      });
    });
  }

  /** Starts everything, and returns once the app answers. */
  async start(): Promise<void> {
    const { project, endpoint, fresh, port } = this.options;
    appCommand(project);
    if (port !== undefined) {
      await freePort(port); // Otherwise it would fail only after the deployment.
    }
    const builder = projectEsbuild(project);
    if (fresh) {
      removeFolder(this.folder);
    }
    fs.mkdirSync(this.folder, { recursive: true });
    this.sources = new AppSources(builder, project);
    const inspect = this.options.inspect ? await freePort(FIRST_INSPECTOR) : undefined;
    this.functions = this.makeFunctions(builder, inspect);
    this.watch.addTree(fs.realpathSync(project)); // Watches from the beginning, so that a file saved during the start is not missed.
    this.watch.addFiles(packageLists(fs.realpathSync(project)));
    if (endpoint === undefined) {
      this.server = await FunctionServer.start(this.functions);
      this.emulator = await this.makeEmulator(this.server.address);
      this.endpoint = this.emulator.endpoint;
      this.emulating = this.emulator.start();
      this.emulating.catch(() => undefined); // Whoever waits for it fails. Nobody does if the start fails before.
    } else {
      this.endpoint = await reachable(endpoint);
    }
    const isKept = this.emulator?.hasState === true;
    const kept = isKept ? this.deployments.kept(this.inputs()) : undefined;
    const starting = kept === undefined ? this.startNew() : this.resume(kept);
    this.started = starting.catch(() => undefined);
    this.work = this.started;
    await starting;
    if (kept !== undefined) {
      void this.verify();
    }
  }

  /** Ends everything. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.watch.stop();
    this.fronts.stop();
    await Promise.all([this.deployments.stop(), this.emulator?.stop()]);
    this.server?.stop();
    await this.functions?.stop();
    this.reaper.stop();
    this.lock.release();
  }

  /** The next event of each function meets a cold start. */
  cold(): void {
    this.functions?.cold().catch((error: unknown) => {
      this.report(error);
    });
  }

  /** Synthesizes and deploys again, once the current work is done. */
  async deployAgain(force = false): Promise<void> {
    await this.next(async () => {
      await this.renew(force);
      await this.connectApps();
    });
  }

  /** Runs work after the current work. If it fails, the error is shown and the last version keeps running. */
  private async next(work: () => Promise<void>): Promise<void> {
    this.work = this.work.then(work).catch((error: unknown) => {
      this.report(error);
    });
    return this.work;
  }

  private async startNew(): Promise<void> {
    this.deployments.cdk.prepare();
    // The CDK asks the emulator for the account number, unless it already knows it.
    if (this.emulator?.startsSoon !== true || !knowsAccount(this.cdkHome)) {
      await this.emulating;
    }
    await Promise.all([this.emulating, this.renew(false)]);
    await this.connectApps();
  }

  /** Nothing known has changed, so the app of the last run answers. */
  private async resume(kept: Kept & { readonly assembly: string }): Promise<void> {
    this.syntheses.assembly = kept.assembly;
    this.syntheses.deployed = kept.assembly;
    await Promise.all([this.emulating, this.useFunctions(), this.sources?.read()]);
    await this.deployments.resume(kept);
    await this.connectApps();
  }

  /** A synthesis shows whether anything else has changed: it may read the clock, the network, or files elsewhere. */
  private async verify(): Promise<void> {
    await this.next(async () => {
      const changed = await this.renew(false, false);
      await this.connectApps(changed);
    });
  }

  /** Synthesizes, and deploys what has changed. Returns whether anything has. */
  private async renew(force: boolean, isLikelyNew = true): Promise<boolean> {
    const inputs = this.inputs();
    this.view.progress(
      isLikelyNew ? 'synthesizing' : 'checking that a synthesis gives the same result',
    );
    await this.syntheses.synthesize(this.deployments.cdk, isLikelyNew);
    await this.emulating;
    const { assembly, models } = this.syntheses;
    const [isNew] = await Promise.all([
      this.deployments.deploy(assembly, models, { force, inputs }),
      this.useFunctions(),
      this.sources?.read(),
    ]);
    return isNew;
  }

  private async useFunctions(): Promise<void> {
    await this.functions?.use(this.syntheses.models.flatMap(({ functions }) => functions));
    this.watch.addFiles([...(this.sources?.all ?? []), ...(this.functions?.inputs ?? [])]);
  }

  private get kept(): KeptDeployment {
    return new KeptDeployment(path.join(this.folder, 'deployed.json'));
  }

  private get cdkHome(): string {
    return path.join(this.cache, 'cdk-home');
  }

  private inputs(): string | undefined {
    const { project, context, app } = this.options;
    return projectInputs(project, [version, context, app], this.environment);
  }

  private makeFunctions(builder: typeof esbuild, inspect: number | undefined): LocalFunctions {
    const { view } = this;
    return new LocalFunctions({
      project: this.options.project,
      folder: emptyFolder(path.join(this.folder, 'functions')),
      builder,
      reaper: this.reaper,
      inspect,
      onRan: (fn, invocation, ran) => {
        view.ran(fn, invocation, ran);
      },
      onProblems: (ids, problems) => {
        problems.forEach((problem) => {
          view.problem(problem);
        });
        view.note(`${ids.join(', ')}: the last version that compiled keeps running`);
      },
      onLost: (id, log) => {
        view.problem([`${id} ended between two events`, ...log].join('\n'));
      },
      onRebuilt: (ids, milliseconds) => {
        view.note(`${ids.join(', ')} rebuilt in ${milliseconds} ms`);
      },
    });
  }

  private makeEmulator(functions: string): Promise<OwnEmulator> {
    return OwnEmulator.at({
      cache: this.cache,
      folder: path.join(this.folder, 'emulator'),
      functions,
      cdkFor: (place, endpoint) => this.cdkAt(place, endpoint),
      progress: (text) => {
        this.view.progress(text);
      },
      onNewState: () => {
        this.kept.forget();
      },
      onDeath: () => void this.revive(),
    });
  }

  private cdkAt(place: Environment, endpoint: string): Cdk {
    const { project, context } = this.options;
    const environment = environmentFor({ endpoint, ...place, cdkHome: this.cdkHome });
    return projectCdk({ project, context, environment });
  }

  private async connectApps(announce = true): Promise<void> {
    const { place } = this.deployments;
    const { assembly, models } = this.syntheses;
    // AWS clients in this process find the emulator by these variables.
    Object.assign(process.env, awsVariables({ endpoint: this.endpoint, ...place }));
    const cloud = connect({ region: place.region });
    const reader = await cloud.stacks();
    const apps = await Promise.all(models.map((model) => findDeployed(model, reader)));
    this.functions?.connect(
      apps.flatMap(({ model }) => model.functions),
      assetsOf(assembly),
    );
    const addresses = await addressesOf(
      apps.map(({ model }) => model),
      await cloud.functionUrls(),
    );
    const urls = await this.fronts.point(this.endpoint, addresses);
    this.syntheses.deployed = assembly;
    const { account, region } = place;
    this.lock.tell({
      endpoint: this.endpoint,
      url: apps.flatMap(({ model }) => urls.get(model.app.path) ?? [])[0],
      account,
      region,
      assembly,
    });
    if (announce) {
      this.view.ready(apps, { urls, inspectors: this.functions?.inspectors ?? new Map() });
    }
  }

  private async changed(files: readonly string[]): Promise<void> {
    await this.started;
    const isHandler = (file: string): boolean => this.functions?.isInput(file) === true;
    const handler = files.some(isHandler);
    const infrastructure = files.some(
      (file) => this.sources?.concerns(file, isHandler(file)) === true,
    );
    await this.functions?.changed(files);
    this.watch.addFiles(this.functions?.inputs ?? []);
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
      await this.emulator?.startAgain();
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
