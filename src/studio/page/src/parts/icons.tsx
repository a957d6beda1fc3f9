// SPDX-License-Identifier: Apache-2.0
// Drawn by hand, one line wide; each says nothing by itself, the label beside it does.
import type { ComponentChildren } from "preact";

function icon(children: ComponentChildren) {
  return () => (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const PaintIcon = icon(<path d="M4 20c3 0 5-1 5-4 0-1.7-1.3-3-3-3s-2 2-2 3-1 3-2 3c.6.6 1 1 2 1ZM9 13 19 3l2 2-10 10" />);
export const BreedIcon = icon(<path d="M6 4v3c0 3 6 3 6 6m6-9v3c0 3-6 3-6 6m0 0v7M4 4h4m8 0h4M10 20h4" />);
export const WriteIcon = icon(<path d="M4 20c6-1 13-6 16-16-7 1-11 5-13 11l-3 5Zm4-6h6" />);
export const ComposeIcon = icon(<path d="M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Zm10-2a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z" />);
export const LookIcon = icon(<path d="M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12Zm10 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z" />);
export const GalleryIcon = icon(<path d="M4 4h7v9H4zM14 4h6v5h-6zM14 12h6v8h-6zM4 16h7v4H4z" />);
export const CatalogueIcon = icon(<path d="M5 4h11l3 3v13H5zM9 9h6M9 13h6M9 17h3" />);
export const TrainIcon = icon(<path d="M4 20V9m5 11V5m5 15v-8m5 8V7M3 20h18" />);
export const ToolsIcon = icon(<path d="M4 7h10m4 0h2M4 17h2m4 0h10M16 4.5v5M8 14.5v5" />);
export const SettingsIcon = icon(<path d="M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm0-5v3m0 12v3M3 12h3m12 0h3M5.6 5.6l2 2m8.8 8.8 2 2m0-12.8-2 2M7.6 16.4l-2 2" />);
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const CloseIcon = icon(<path d="m6 6 12 12M18 6 6 18" />);
export const UndoIcon = icon(<path d="M4 9h10a5 5 0 0 1 0 10h-4M4 9l4-4M4 9l4 4" />);
export const RedoIcon = icon(<path d="M20 9H10a5 5 0 0 0 0 10h4M20 9l-4-4m4 4-4 4" />);
export const PlayIcon = icon(<path d="M7 4v16l13-8Z" />);
export const PauseIcon = icon(<path d="M7 4v16M17 4v16" />);
export const MaskIcon = icon(<path d="M3 5h18v14H3zM12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7Z" />);
export const DownloadIcon = icon(<path d="M12 4v11m0 0 4-4m-4 4-4-4M5 20h14" />);
export const MoveBackIcon = icon(<path d="m14 6-6 6 6 6" />);
export const MoveOnIcon = icon(<path d="m10 6 6 6-6 6" />);
