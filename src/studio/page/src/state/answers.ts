// SPDX-License-Identifier: Apache-2.0
// What commands of the catalogue, of keys and of credentials report.

export interface CatalogueWork {
  number: string;
  title: string;
  kind: string;
  artists: string;
  date: string;
  medium: string;
  dimensions: string;
  keywords: string;
  description: string;
  licence: string;
  credit: string;
  location: string;
  price: string;
  status: string;
  likeness?: number;
  picture_sha256?: string;
}

export interface FoundWorks {
  works: CatalogueWork[];
  total: number;
}

export interface CatalogueEvent {
  kind: string;
  recorded: string;
  date?: string;
  title?: string;
  party?: string;
  place?: string;
  amount?: string;
  note?: string;
  copy?: number;
  ledger_entry?: number;
}

export interface CatalogueEntry extends CatalogueWork {
  files: { version: number; sha256: string; path: string; media_type?: string }[];
  owners: { copy: number; owner: string }[];
  events: CatalogueEvent[];
  ledger: { waiting: number; why?: string } | null;
}

export interface Identity {
  name: string;
  algorithm: string;
  fingerprint: string;
}

export interface Verification {
  state: string;
  findings?: { sentence: string }[];
  signer?: string;
  organization?: string;
  author?: string;
  licence?: string;
  program?: string;
  told_time?: string;
  time?: string;
  no_training?: boolean;
  ingredients?: { title: string; description: string }[];
  known?: { title: string; signer: string }[];
}

export interface Idea {
  works: { path: string; name: string; reasons: string[] }[];
  items: { kind: string; title: string; text: string }[];
  left_out: string[];
}
