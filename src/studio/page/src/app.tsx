// SPDX-License-Identifier: Apache-2.0
// The frame around every room: the way between them, what is at work, and what is told in passing.
import type { ComponentType, FunctionComponent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import {
  BreedIcon,
  CatalogueIcon,
  ComposeIcon,
  GalleryIcon,
  LookIcon,
  PaintIcon,
  SettingsIcon,
  ToolsIcon,
  TrainIcon,
  WriteIcon,
} from "./parts/icons.tsx";
import type { Role } from "./api/types.ts";
import { Notes } from "./parts/notes.tsx";
import { atWork, connected } from "./state/jobs.ts";
import { go, hrefOf, route, type Route } from "./state/route.ts";
import { door, role } from "./state/session.ts";
import { ready, t } from "./text/index.ts";
import { PaintView } from "./views/paint/index.tsx";
import { SignIn } from "./views/sign_in.tsx";

const rooms = ["paint", "breed", "write", "compose", "look", "gallery", "catalogue", "train", "tools"] as const;
type Room = (typeof rooms)[number];

const icons: Record<Room, FunctionComponent> = {
  paint: PaintIcon,
  breed: BreedIcon,
  write: WriteIcon,
  compose: ComposeIcon,
  look: LookIcon,
  gallery: GalleryIcon,
  catalogue: CatalogueIcon,
  train: TrainIcon,
  tools: ToolsIcon,
};

/** Rooms that a role has no use for are left out: the catalogue is the owner's, and viewers make nothing. */
const closedTo: Record<Role, readonly Room[]> = {
  viewer: ["paint", "breed", "write", "compose", "look", "catalogue", "train", "tools"],
  member: ["catalogue"],
  owner: [],
};

type View = ComponentType<{ route: Route }>;

/** Rooms that are fetched when they are first entered. */
const later: Record<string, () => Promise<View>> = {
  breed: async () => (await import("./views/breed/index.tsx")).BreedView,
  write: async () => (await import("./views/write.tsx")).WriteView,
  compose: async () => (await import("./views/compose/index.tsx")).ComposeView,
  look: async () => {
    const { LookView } = await import("./views/look/index.tsx");
    return ({ route: { query } }) => <LookView digest={query["file"] ?? ""} />;
  },
  gallery: async () => (await import("./views/gallery.tsx")).GalleryView,
  catalogue: async () => (await import("./views/catalogue/index.tsx")).CatalogueView,
  train: async () => (await import("./views/train/index.tsx")).TrainView,
  work: async () => {
    const { WorkView } = await import("./views/work.tsx");
    return ({ route: { rest } }) => <WorkView key={rest} id={rest} />;
  },
  tools: async () => {
    const { ToolsView } = await import("./views/tools.tsx");
    return ({ route: { rest } }) => <ToolsView name={rest} />;
  },
  settings: async () => (await import("./views/settings/index.tsx")).SettingsView,
};

const loaded = new Map<string, View>();

function RoomView({ route: to }: { route: Route }) {
  const [, redraw] = useState(0);
  const { view } = to;
  const load = later[view];
  useEffect(() => {
    if (load && !loaded.has(view))
      void load().then((component) => {
        loaded.set(view, component);
        redraw((count) => count + 1);
      });
  }, [view]);
  if (!load) return <PaintView />;
  const Component = loaded.get(view);
  return Component ? <Component route={to} /> : <p class="room loading">{t().common.loading}</p>;
}

function Nav() {
  const { view } = route.value;
  const current = view === "work" ? "gallery" : view;
  const bar = useRef<HTMLElement>(null);
  // On a phone the rooms are a row that is wider than the screen.
  useEffect(() => bar.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }), [current]);
  return (
    <nav ref={bar} class="nav" aria-label={t().nav.label}>
      <a class="mark" href={hrefOf("paint")} aria-hidden="true" tabIndex={-1}>
        <img src="icon.svg" alt="" width={30} height={30} />
      </a>
      <ul>
        {rooms.filter((room) => !closedTo[role.value].includes(room)).map((room) => {
          const Icon = icons[room];
          return (
            <li key={room}>
              <a href={hrefOf(room)} aria-current={current === room ? "page" : undefined}>
                <Icon />
                <span>{t().nav[room]}</span>
              </a>
            </li>
          );
        })}
      </ul>
      <a class="nav-settings" href={hrefOf("settings")} aria-current={view === "settings" ? "page" : undefined}>
        <SettingsIcon />
        <span>{t().settings.title}</span>
      </a>
    </nav>
  );
}

function AtWork() {
  const count = atWork.value.length;
  const first = atWork.value[0];
  return (
    <div class="at-work">
      {!connected.value && <p role="status">{t().common.lost}</p>}
      {count > 0 && first && <a href={count === 1 ? hrefOf("work", first.id) : hrefOf("gallery")}>{t().job.atWork(count)}</a>}
    </div>
  );
}

export function App() {
  const to = route.value;
  const room = to.view in t().nav ? t().nav[to.view as Room] : to.view === "settings" ? t().settings.title : t().nav.gallery;
  // The rooms stand before it is known who asks: most often it is who was here before.
  const open = ready.value;
  useEffect(() => {
    document.title = open ? `${room} · ${t().name}` : t().name;
  }, [room, open]);
  useEffect(() => {
    document.querySelector("main")?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [to.view, to.rest]);
  if (door.value === "closed" || door.value === "unreachable")
    return (
      <>
        <SignIn />
        <Notes />
      </>
    );
  useEffect(() => {
    if (role.value === "viewer" && closedTo.viewer.includes(to.view as Room)) go("gallery");
  }, [role.value, to.view]);
  if (!open) return null;
  return (
    <div class="frame">
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.querySelector("main")?.focus();
        }}
      >
        {t().skip}
      </a>
      <Nav />
      <main id="main" tabIndex={-1}>
        <RoomView route={to} />
      </main>
      <AtWork />
      <Notes />
    </div>
  );
}
