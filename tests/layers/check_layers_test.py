# SPDX-License-Identifier: Apache-2.0
"""check_layers_test.py CHECK_LAYERS: the check accepts a good tree and finds one fault of each kind."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECK = sys.argv.pop(1)

GOOD = {
    "tools/layers.txt": """
        # bottom-up
        everywhere: | fmt
        base:       | openssl
        tensor: base | torch
        image: base | vips
        style: base tensor | torch
        cli: base style |
    """,
    "src/base/CMakeLists.txt": "atelier_module(base SOURCES base.cpp)",
    "src/tensor/CMakeLists.txt": "atelier_module(tensor SOURCES tensor.cpp DEPENDS base TORCH)",
    "src/style/CMakeLists.txt": "atelier_module(style SOURCES style.cpp DEPENDS base tensor TORCH)",
    "include/atelier/base/base.hpp": "#include <string>\n#include <fmt/format.h>",
    "include/atelier/tensor/tensor.hpp": "#include <ATen/ATen.h>",
    "include/atelier/style/style.hpp": '#include "atelier/base/base.hpp"',
    "src/base/base.cpp": "#include <openssl/evp.h>\n#include <sys/stat.h>",
    "src/style/net.hpp": "#include <torch/torch.h>",
    "src/style/style.cpp": '#include "style/net.hpp"\n#include "net.hpp"\n#include "atelier/tensor/tensor.hpp"',
    "src/cli/cli.cpp": '#include "atelier/style/style.hpp"',
}


class CheckLayers(unittest.TestCase):
    def check(self, **changes):
        """Exit code and output for the good tree with some files replaced."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {**GOOD, **changes.pop("files", {})}.items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            done = subprocess.run([sys.executable, CHECK, folder], capture_output=True, text=True, check=False)
            return done.returncode, done.stdout

    def refuses(self, name, text, *messages):
        code, output = self.check(files={name: text})
        self.assertEqual(code, 1, output)
        for message in messages:
            self.assertIn(message, output)
        self.assertEqual(len(output.splitlines()), len(messages), output)

    def test_accepts_a_good_tree(self):
        self.assertEqual(self.check(), (0, ""))

    def test_module_that_is_not_allowed(self):
        self.refuses("src/base/a.cpp", '// x\n#include "atelier/style/style.hpp"',
                     "src/base/a.cpp:2: base may not include style")

    def test_private_header_of_a_module_that_is_not_allowed(self):
        self.refuses("src/tensor/a.cpp", '#  include "style/x.hpp"', "tensor may not include style")

    def test_third_party_that_is_not_allowed(self):
        self.refuses("src/style/a.cpp", "#include <vips/vips8>", "src/style/a.cpp:1: style may not use vips")

    def test_third_party_through_a_header_of_ours(self):
        self.refuses("src/cli/a.cpp", '#include "style/net.hpp"', "cli may not use torch (style/net.hpp)")

    def test_table_that_names_a_later_module(self):
        table = GOOD["tools/layers.txt"].replace("base:  ", "base: tensor ")
        self.refuses("tools/layers.txt", table,
                     "tools/layers.txt:4: base names tensor, which does not stand above it")

    def test_table_that_names_an_unknown_third_party(self):
        self.refuses("tools/layers.txt", GOOD["tools/layers.txt"].replace("openssl", "openssl qt"), "qt is unknown")

    def test_torch_in_a_public_header(self):
        self.refuses("include/atelier/style/style.hpp", "#include <torch/types.h>",
                     "a public header outside tensor may not include torch (torch/types.h)",
                     "cli may not use torch (atelier/style/style.hpp)")

    def test_torch_in_a_public_header_through_tensor(self):
        self.refuses("include/atelier/style/more.hpp", '#include "atelier/tensor/tensor.hpp"',
                     "a public header outside tensor may not include torch (atelier/tensor/tensor.hpp)")

    def test_private_header_in_a_public_one(self):
        self.refuses("include/atelier/base/more.hpp", '#include "base/hidden.hpp"',
                     "a public header may not include the private base/hidden.hpp")

    def test_cmake_edge_that_is_not_allowed(self):
        self.refuses("src/tensor/CMakeLists.txt", "# x\natelier_module(tensor SOURCES a.cpp DEPENDS base style TORCH)",
                     "src/tensor/CMakeLists.txt:2: tensor may not depend on style")

    def test_include_without_its_cmake_edge(self):
        self.refuses("src/style/CMakeLists.txt", "atelier_module(style SOURCES a.cpp DEPENDS base)",
                     "style includes tensor, which its DEPENDS does not name")

    def test_folder_without_a_line_in_the_table(self):
        self.refuses("src/extra/a.cpp", "", "extra has no line in tools/layers.txt")


if __name__ == "__main__":
    unittest.main()
