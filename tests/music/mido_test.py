# SPDX-License-Identifier: Apache-2.0
"""mido_test.py FILE... | --made-by PROGRAM: `mido` reads MIDI files whole and finds no hanging note.

With --made-by the files are those that PROGRAM writes into a folder. Exit code 77 where mido is missing.
"""
import collections
import pathlib
import subprocess
import sys
import tempfile

try:
    import mido
except ImportError:
    print("mido is not installed")
    sys.exit(77)


def faults(path):
    """What is wrong with a file, as mido reads it."""
    file = mido.MidiFile(path)
    found, notes = [], 0
    for number, track in enumerate(file.tracks):
        open_notes = collections.Counter()
        for message in track:
            if message.type == "note_on" and message.velocity > 0:
                notes += 1
                open_notes[message.channel, message.note] += 1
                if open_notes[message.channel, message.note] > 1:
                    found.append(f"track {number} strikes {message.note} while it sounds")
            elif message.type in ("note_on", "note_off"):
                open_notes[message.channel, message.note] -= 1
                if open_notes[message.channel, message.note] < 0:
                    found.append(f"track {number} lets go of {message.note}, which does not sound")
        found += [f"track {number}: {note} hangs" for (_, note), count in open_notes.items() if count > 0]
        if not track or track[-1].type != "end_of_track":
            found.append(f"track {number} has no end")
    return notes, found


def main(arguments):
    with tempfile.TemporaryDirectory() as folder:
        files = arguments
        if arguments[:1] == ["--made-by"]:
            subprocess.run([arguments[1], folder], check=True)
            files = sorted(map(str, pathlib.Path(folder).glob("*.mid")))
        total, wrong = 0, 0
        for path in files:
            notes, found = faults(path)
            total += notes
            wrong += len(found)
            for fault in found:
                print(f"{path}: {fault}")
        print(f"{len(files)} files, {total} notes, {wrong} faults")
        return 1 if wrong or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
