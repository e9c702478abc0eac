export interface LogEvent {
  readonly id: string;
  readonly at: Date;
  /** `<yyyy>/<mm>/<dd>/<function>[<version>]<environment>` in a log group that functions share, else without the function. */
  readonly stream: string;
  readonly group: string;
  readonly message: string;
}

export interface LogReader {
  /** Events in chronological order, page by page. */
  read(
    group: string,
    range: { readonly from: Date; readonly to?: Date; readonly filter?: string },
  ): AsyncIterable<readonly LogEvent[]>;
  /** Rows of CloudWatch Logs Insights, by column; `undefined` if the service is missing, as in an emulator. */
  query(
    group: string,
    query: string,
    range: { readonly from: Date; readonly to: Date },
  ): Promise<readonly Readonly<Record<string, string>>[] | undefined>;
}
