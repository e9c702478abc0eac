import { createRequire, SourceMap, SourceMapPayload } from 'node:module';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually';

const MOST_LINES = 5_000;
const MOST_COLUMNS = 200;

interface Target {
  readonly webSocketDebuggerUrl: string;
}

interface Script {
  readonly scriptId: string;
  readonly url: string;
  readonly sourceMapURL?: string;
}

interface Paused {
  readonly callFrames: ReadonlyArray<{
    readonly location: {
      readonly scriptId: string;
      readonly lineNumber: number;
      readonly columnNumber: number;
    };
  }>;
}

interface Socket {
  send(text: string): void;
  close(): void;
  on(event: 'open' | 'message' | 'error', listener: (data: Buffer) => void): this;
}

/** A debugger, as an editor is one: it speaks the protocol of Node.js's inspector and reads source maps. */
export class Debugger {
  static async attach(port: number): Promise<Debugger> {
    const targets = await eventually(`an inspector listens at ${port}`, async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
      return answer === undefined ? undefined : ((await answer.json()) as readonly Target[]);
    });
    // A dependency of puppeteer-core; Node.js 20 has no WebSocket of its own.
    const WebSocket = createRequire(__filename)('ws') as new (url: string) => Socket;
    const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? '');
    await new Promise<void>((resolve, reject) => {
      socket.on('open', () => {
        resolve();
      });
      socket.on('error', reject);
    });
    const attached = new Debugger(socket);
    await attached.send('Debugger.enable');
    return attached;
  }

  private readonly scripts: Script[] = [];
  private readonly answers = new Map<number, (result: unknown) => void>();
  private pausedAt?: Paused;
  private count = 0;

  private constructor(private readonly socket: Socket) {
    socket.on('message', (data) => {
      const { id, result, method, params } = JSON.parse(data.toString()) as {
        readonly id?: number;
        readonly result?: unknown;
        readonly method?: string;
        readonly params?: unknown;
      };
      if (id !== undefined) {
        this.answers.get(id)?.(result);
      } else if (method === 'Debugger.scriptParsed') {
        this.scripts.push(params as Script);
      } else if (method === 'Debugger.paused') {
        this.pausedAt = params as Paused;
      }
    });
  }

  /** Sets a breakpoint on a line, counted from 1, of a source. */
  async breakAt(source: string, line: number): Promise<void> {
    for (const script of this.scripts) {
      const place = generatedPlace(script, source, line);
      if (place !== undefined) {
        const location = { scriptId: script.scriptId, ...place };
        await this.send('Debugger.setBreakpoint', { location });
        return;
      }
    }
    throw new Error(`no script has line ${line} of ${source}`);
  }

  /** Waits for a breakpoint, and gives its place in the source, with the line from 1. */
  async paused(): Promise<{ readonly source: string; readonly line: number }> {
    const { callFrames } = await eventually('a breakpoint is hit', () =>
      Promise.resolve(this.pausedAt),
    );
    const location = callFrames[0]?.location;
    const script = this.scripts.find(({ scriptId }) => scriptId === location?.scriptId);
    const entry =
      script && mapOf(script)?.findEntry(location?.lineNumber ?? 0, location?.columnNumber ?? 0);
    return script !== undefined && entry !== undefined && 'originalLine' in entry
      ? { source: sourceOf(script, entry.originalSource), line: entry.originalLine + 1 }
      : { source: '', line: 0 };
  }

  async resume(): Promise<void> {
    await this.send('Debugger.resume');
  }

  close(): void {
    this.socket.close();
  }

  private send(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.count;
    return new Promise((resolve) => {
      this.answers.set(id, resolve);
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }
}

function mapOf({ sourceMapURL = '' }: Script): SourceMap | undefined {
  const [, data] = /^data:application\/json;base64,(.*)$/.exec(sourceMapURL) ?? [];
  return data === undefined
    ? undefined
    : new SourceMap(JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as SourceMapPayload);
}

/** Where a line of a source begins in a script. */
function generatedPlace(
  script: Script,
  source: string,
  line: number,
): { readonly lineNumber: number; readonly columnNumber: number } | undefined {
  const map = mapOf(script);
  for (let row = 0; map !== undefined && row < MOST_LINES; row++) {
    const entry = map.findEntry(row, Infinity); // the last mapping up to the end of the line
    if (
      'originalLine' in entry &&
      entry.generatedLine === row &&
      entry.originalLine === line - 1 &&
      sourceOf(script, entry.originalSource) === source
    ) {
      return { lineNumber: row, columnNumber: firstColumn(map, row) };
    }
  }
  return undefined;
}

function firstColumn(map: SourceMap, row: number): number {
  for (let column = 0; column < MOST_COLUMNS; column++) {
    const entry = map.findEntry(row, column);
    if ('generatedLine' in entry && entry.generatedLine === row) {
      return entry.generatedColumn;
    }
  }
  return 0;
}

/** The sources of a map are relative to the script. */
function sourceOf({ url }: Script, source: string): string {
  return path.resolve(path.dirname(fileURLToPath(url)), source);
}
