#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Content credentials by the C2PA project's own Python package, beside ours.

    reader.py read [--trust ROOT.pem] FILE...         a line each: FILE: STATE, the codes that failed
    reader.py read --sidecar FILE.c2pa FILE           the same of a credential that lies beside
    reader.py sign KEY.pem CHAIN.pem IN OUT           signs with a key of P-256 or Ed25519, as theirs
    reader.py sign --remote URL ...                   the same, but the file only says where its credential is

The package (pip install c2pa-python cryptography) is a tool of tests and never a part of Atelier. It shares no
process with it; nothing is asked of the network.
"""
import argparse
import json
import mimetypes
import sys

import c2pa

SETTINGS = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
            "builder": {"thumbnail": {"enabled": False}}}
CREATED = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"


def media_type(path):
    known = {".tif": "image/tiff", ".webp": "image/webp", ".mid": "audio/midi"}
    for suffix, name in known.items():
        if path.endswith(suffix):
            return name
    return mimetypes.guess_type(path)[0] or "application/octet-stream"


def context(trust=None):
    settings = dict(SETTINGS)
    if trust:
        with open(trust, encoding="ascii") as file:
            settings["trust"] = {"trust_anchors": file.read()}
    return c2pa.Context(c2pa.Settings.from_dict(settings))


def read(arguments):
    sidecar = open(arguments.sidecar, "rb").read() if arguments.sidecar else None
    for path in arguments.files:
        try:
            with open(path, "rb") as file:
                reader = c2pa.Reader(media_type(path), file, manifest_data=sidecar, context=context(arguments.trust))
                report = json.loads(reader.json())
        except c2pa.C2paError as error:
            print(f"{path}: {type(error).__name__.removeprefix('_C2pa')}")
            continue
        codes = [status["code"] for status in report.get("validation_status", [])]
        print(f"{path}: {report['validation_state']}", *codes)


def signer(key_file, chain_file):
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    with open(key_file, "rb") as file:
        key = load_pem_private_key(file.read(), None)

    def es256(message):
        r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    elliptic = isinstance(key, ec.EllipticCurvePrivateKey)
    with open(chain_file, encoding="ascii") as file:
        return c2pa.Signer.from_callback(es256 if elliptic else key.sign,
                                         c2pa.C2paSigningAlg.ES256 if elliptic else c2pa.C2paSigningAlg.ED25519,
                                         file.read())


def sign(arguments):
    definition = {"claim_version": 2, "title": "theirs", "claim_generator_info": [{"name": "theirs", "version": "1"}],
                  "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [
                      {"action": "c2pa.created", "digitalSourceType": CREATED}]}}]}
    builder = c2pa.Builder(definition, context())
    if arguments.remote:
        builder.set_no_embed()
        builder.set_remote_url(arguments.remote)
    with open(arguments.source, "rb") as source, open(arguments.output, "w+b") as output:
        builder.sign(signer(arguments.key, arguments.chain), media_type(arguments.source), source, output)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    actions = parser.add_subparsers(required=True)
    reading = actions.add_parser("read")
    reading.add_argument("files", nargs="+")
    reading.add_argument("--trust")
    reading.add_argument("--sidecar")
    reading.set_defaults(act=read)
    signing = actions.add_parser("sign")
    for name in ("key", "chain", "source", "output"):
        signing.add_argument(name)
    signing.add_argument("--remote")
    signing.set_defaults(act=sign)
    arguments = parser.parse_args()
    arguments.act(arguments)


if __name__ == "__main__":
    sys.exit(main())
