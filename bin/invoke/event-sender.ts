/** Writes data to resources that turn it into events. */
export interface EventSender {
  upload(bucket: string, key: string, content: Uint8Array): Promise<void>;
  put(table: string, item: Readonly<Record<string, unknown>>): Promise<void>;
  /** `group` for a FIFO queue. */
  send(queueUrl: string, body: string, group?: string): Promise<void>;
}
