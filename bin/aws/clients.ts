import { ProxyAgents, proxyAgents } from './proxy';

/** The account settings from the command line. The SDK finds everything else itself. */
export interface AwsOptions {
  readonly profile?: string;
  readonly region?: string;
}

export interface ClientSettings {
  readonly profile?: string;
  readonly region?: string;
  /** Throttled calls are retried with exponential backoff. */
  readonly maxAttempts: number;
  readonly retryMode: 'standard';
  readonly requestHandler: ProxyAgents;
}

export function clientSettings({ profile, region }: AwsOptions): ClientSettings {
  return {
    profile,
    region,
    maxAttempts: 8,
    retryMode: 'standard',
    requestHandler: proxyAgents(),
  };
}

interface Context {
  readonly clientName?: string;
  readonly commandName?: string;
}

type Handler = (args: never) => Promise<object>;

interface Client {
  readonly middlewareStack: {
    add(
      middleware: (next: Handler, context: Context) => Handler,
      options: { step: 'initialize'; name: string },
    ): void;
  };
}

/** Adds the IAM action to each error, so that a missing permission can be named. */
export function naming<T extends object>(client: T, prefix: string): T {
  (client as Client).middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        try {
          return await next(args);
        } catch (error) {
          if (error instanceof Error) {
            Object.assign(error, { action: `${prefix}:${commandName.replace(/Command$/, '')}` });
          }
          throw error;
        }
      },
    { step: 'initialize', name: 'nameAction' },
  );
  return client;
}
