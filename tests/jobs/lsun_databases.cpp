// SPDX-License-Identifier: Apache-2.0
#include "lsun_databases.hpp"

#include <lmdb.h>

#include <cmath>
#include <fstream>
#include <iterator>

#include "atelier/image/file.hpp"

namespace atelier::jobs {

std::filesystem::path LsunDatabases::database(const std::string& folder,
                                              const std::map<std::string, std::string>& entries) {
  const std::filesystem::path path = in_folder(folder);
  std::filesystem::create_directories(path);
  MDB_env* environment = nullptr;
  MDB_txn* transaction = nullptr;
  MDB_dbi main = 0;
  EXPECT_EQ(mdb_env_create(&environment), 0);
  EXPECT_EQ(mdb_env_set_mapsize(environment, std::size_t{1} << 30), 0);
  EXPECT_EQ(mdb_env_open(environment, path.c_str(), MDB_NOSYNC | MDB_NOLOCK, 0644), 0);
  EXPECT_EQ(mdb_txn_begin(environment, nullptr, 0, &transaction), 0);
  EXPECT_EQ(mdb_dbi_open(transaction, nullptr, 0, &main), 0);
  for (const auto& [key, value] : entries) {
    MDB_val name{key.size(), const_cast<char*>(key.data())};
    MDB_val content{value.size(), const_cast<char*>(value.data())};
    EXPECT_EQ(mdb_put(transaction, main, &name, &content, 0), 0);
  }
  EXPECT_EQ(mdb_txn_commit(transaction), 0);
  mdb_env_close(environment);
  return path;
}

std::string LsunDatabases::encoded(const image::Image& picture, const std::string& suffix) {
  const std::filesystem::path file = in_folder("encoded" + suffix);
  image::save(picture, file);
  return bytes_of(file);
}

image::Image waves(int width, int height, int seed) {
  image::Image picture{width, height, {}, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int c = 0; c < 3; ++c) {
        const double wave = std::sin(x * (seed + c + 1) / 9.0) * std::cos(y * (seed + 2 * c) / 7.0);
        picture.rgb.push_back(static_cast<float>(0.5 + 0.4 * wave));
      }
    }
  }
  return picture;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_quickly(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace atelier::jobs
