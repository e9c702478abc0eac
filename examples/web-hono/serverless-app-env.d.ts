// The environment variables and the events of the app's functions. Written by cdk-serverless-app at synthesis, and by `npx serverless-app types`.
// Change the app, not this file: https://github.com/cdk-serverless-app/cdk-serverless-app/blob/main/docs/environment.md
/* eslint-disable */

export type EchoEnv = {
  readonly GREETING: string;
};

export type EchoUrlEnv = {
  readonly GREETING: string;
};

export type NotesApiEnv = {
  readonly NOTES_TABLE_NAME: string;
};

declare global {
  namespace NodeJS {
    interface ProcessEnv {
      GREETING?: string;
      NOTES_TABLE_NAME?: string;
    }
  }
}
