// SPDX-License-Identifier: Apache-2.0
#include "studio/files/s3.hpp"

#include <gmock/gmock.h>

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdlib>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "fake_s3.hpp"
#include "studio/files/cache.hpp"
#include "studio/files/file_store.hpp"

namespace atelier::studio {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

const S3Keys published{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "",
                       "us-east-1"};
constexpr const char* nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

// The examples of AWS, "Authenticating Requests: Using the Authorization Header".
TEST(S3Signature, EqualsThePublishedExamples) {
  const auto signature = [](const S3Request& request) {
    const std::string text = authorization(request, published);
    return text.substr(text.find("Signature=") + 10);
  };
  const std::string host = "examplebucket.s3.amazonaws.com", date = "20130524T000000Z";
  EXPECT_EQ(authorization({"GET",
                           "/test.txt",
                           "",
                           {{"host", host},
                            {"range", "bytes=0-9"},
                            {"x-amz-content-sha256", nothing},
                            {"x-amz-date", date}}},
                          published),
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
            "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  EXPECT_EQ(signature({"PUT",
                       encoded_path("/test$file.text"),
                       "",
                       {{"date", "Fri, 24 May 2013 00:00:00 GMT"},
                        {"host", host},
                        {"x-amz-content-sha256",
                         "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"},
                        {"x-amz-date", date},
                        {"x-amz-storage-class", "REDUCED_REDUNDANCY"}}}),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  EXPECT_EQ(signature({"GET",
                       "/",
                       "lifecycle=",
                       {{"host", host}, {"x-amz-content-sha256", nothing}, {"x-amz-date", date}}}),
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
  EXPECT_EQ(signature({"GET",
                       "/",
                       "max-keys=2&prefix=J",
                       {{"host", host}, {"x-amz-content-sha256", nothing}, {"x-amz-date", date}}}),
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  EXPECT_EQ(signing_time(1369353600), date);
}

class S3Test : public testing::Test {
 protected:
  std::filesystem::path file(const std::string& content, const std::string& name = "a") {
    const std::filesystem::path path = folder_.path() / name;
    write_file(path, content);
    return path;
  }
  static std::string refusal(const std::function<void()>& body, ErrorKind kind = ErrorKind::io) {
    try {
      body();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind);
      return error.what();
    }
    return "";
  }

  TemporaryFolder folder_;
  S3Keys keys_{"anna", "s3cret", "", "eu-1"};
  FakeS3 server_{"studio-files", keys_};
};

TEST_F(S3Test, KeepsObjects) {
  const S3Store store(server_.place("house/1"), keys_);
  EXPECT_FALSE(store.has("a b+c"));
  store.put("a b+c", file("content"));
  EXPECT_THAT(server_.objects(), ElementsAre(Pair("house/1/a%20b%2Bc", "content")));
  EXPECT_TRUE(store.has("a b+c"));
  ASSERT_TRUE(store.get("a b+c", folder_.path() / "b"));
  EXPECT_EQ(read_file(folder_.path() / "b", 100), "content");
  store.put("a b+c", file(""));
  ASSERT_TRUE(store.get("a b+c", folder_.path() / "b"));
  EXPECT_EQ(read_file(folder_.path() / "b", 100), "");
  store.remove("a b+c");
  store.remove("a b+c");
  EXPECT_FALSE(store.get("a b+c", folder_.path() / "c"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "c"));
}

TEST_F(S3Test, BringsLongFilesWhole) {
  const S3Store store(server_.place(), keys_);
  std::string content(5 << 20, '\0');
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>(i * 31 >> 8);
  store.put("long", file(content));
  ASSERT_TRUE(store.get("long", folder_.path() / "b"));
  EXPECT_EQ(read_file(folder_.path() / "b", content.size() + 1), content);
}

TEST_F(S3Test, TriesAgainWhatTheStoreFails) {
  const S3Store store(server_.place(), keys_);
  server_.fail_next(2);
  store.put("a", file("content"));
  EXPECT_EQ(server_.objects().at("a"), "content");
  server_.fail_next(3);
  EXPECT_THAT(refusal([&] { static_cast<void>(store.has("a")); }), HasSubstr("503"));
}

TEST_F(S3Test, SaysWhatIsWrong) {
  S3Keys other = keys_;
  other.secret = "wr0ng";
  const std::string wrong = refusal([&] { S3Store(server_.place(), other); });
  EXPECT_THAT(wrong, HasSubstr("AWS_SECRET_ACCESS_KEY"));
  EXPECT_THAT(wrong, testing::Not(HasSubstr("wr0ng")));
  S3Place nowhere = server_.place();
  nowhere.bucket = "another";
  const S3Store store(nowhere, keys_);
  EXPECT_THAT(refusal([&] { store.put("a", file("x")); }), HasSubstr("make the bucket"));
  S3Place silent = server_.place();
  silent.endpoint = "http://127.0.0.1:1";
  EXPECT_THAT(refusal([&] { S3Store(silent, keys_); }), HasSubstr("does not answer"));
}

TEST_F(S3Test, IsNamedByTheEnvironment) {
  for (const char* name : {"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID",
                           "AWS_SECRET_ACCESS_KEY", "AWS_REGION", "AWS_DEFAULT_REGION"}) {
    ::unsetenv(name);
  }
  EXPECT_THAT(
      refusal([] { static_cast<void>(open_objects("s3://bucket")); }, ErrorKind::invalid_argument),
      HasSubstr("AWS_ACCESS_KEY_ID"));
  ::setenv("AWS_ACCESS_KEY_ID", "anna", 1);
  ::setenv("AWS_SECRET_ACCESS_KEY", "s3cret", 1);
  EXPECT_EQ(s3_place("s3://bucket/a/b/").endpoint, "https://bucket.s3.us-east-1.amazonaws.com");
  EXPECT_EQ(s3_place("s3://bucket/a/b/").prefix, "a/b");
  ::setenv("AWS_REGION", "eu-1", 1);
  ::setenv("AWS_ENDPOINT_URL", "ftp://a", 1);
  for (const char* place : {"s3://", "s3://B_/a", "s3://studio-files"})
    EXPECT_NE(refusal([&] { static_cast<void>(s3_place(place)); }, ErrorKind::invalid_argument), "")
        << place;
  ::setenv("AWS_ENDPOINT_URL", server_.endpoint().c_str(), 1);
  open_objects("s3://studio-files/a")->put("b", file("x"));
  EXPECT_EQ(server_.objects().at("a/b"), "x");
}

/// A file store of one machine, with the bucket of the test's.
class SharedFiles : public S3Test {
 protected:
  void SetUp() override {
    ::setenv("AWS_ACCESS_KEY_ID", keys_.access.c_str(), 1);
    ::setenv("AWS_SECRET_ACCESS_KEY", keys_.secret.c_str(), 1);
    ::setenv("AWS_REGION", keys_.region.c_str(), 1);
    ::setenv("AWS_ENDPOINT_URL", server_.endpoint().c_str(), 1);
  }
  [[nodiscard]] Place machine(const std::string& name) const {
    return {folder_.path() / name, "", "s3://studio-files/house"};
  }
};

TEST_F(SharedFiles, AreKnownToOtherMachines) {
  const FileStore one(machine("one")), two(machine("two"));
  const std::string digest = sha256_file(file("content"));
  EXPECT_FALSE(two.has(digest));
  EXPECT_THROW(static_cast<void>(two.fetch(digest)), Error);
  one.keep(file("content"), digest);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "a"));
  EXPECT_TRUE(two.has(digest));
  EXPECT_EQ(read_file(two.fetch(digest), 100), "content");
  const int asked = server_.requests();
  two.place(digest, folder_.path() / "jobs" / "in.txt");
  EXPECT_EQ(server_.requests(), asked);    // it lies here by now
  one.keep(folder_.path() / "a", digest);  // once more: it is there
  one.remove(digest);
  EXPECT_FALSE(two.has(digest));
}

TEST_F(SharedFiles, AreNeverTakenDamaged) {
  const FileStore one(machine("one"));
  const std::string digest = sha256_file(file("content"));
  server_.change("house/files/" + digest.substr(0, 2) + "/" + digest, "contenT");
  EXPECT_THAT(refusal([&] { static_cast<void>(one.fetch(digest)); }, ErrorKind::bad_input),
              HasSubstr("damaged"));
  EXPECT_FALSE(std::filesystem::exists(one.path(digest)));
}

TEST_F(SharedFiles, HavePreviewsApart) {
  const FileStore one(machine("one")), two(machine("two"));
  const std::string digest = sha256_file(file("preview"));
  one.keep_preview(file("preview"), digest);
  EXPECT_FALSE(two.has(digest));
  ASSERT_TRUE(two.fetch_preview(digest));
  one.remove_preview(digest);
  EXPECT_TRUE(server_.objects().empty());
}

TEST(Cache, KeepsWhatWasUsedLast) {
  const TemporaryFolder folder;
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    write_file(folder.path() / name, std::string(100, 'x'));
    const timespec times[2]{{0, UTIME_OMIT}, {name[0], 0}};  // so long ago
    ::utimensat(AT_FDCWD, (folder.path() / name).c_str(), times, 0);
  }
  Cache::touch(folder.path() / "a");
  Cache(folder.path(), 500).trim();
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "b"));
  Cache(folder.path(), 400).trim();
  std::string left;
  for (const char* name : {"a", "b", "c", "d", "e"})
    if (std::filesystem::exists(folder.path() / name)) left += name;
  EXPECT_EQ(left, "ade");
}

TEST(FolderFiles, AreSharedAsAFolder) {
  const TemporaryFolder folder;
  const FileStore one({folder.path() / "one", "", folder.path() / "all"}),
      two({folder.path() / "two", "", folder.path() / "all"});
  write_file(folder.path() / "a", "content");
  const std::string digest = sha256_file(folder.path() / "a");
  one.keep(folder.path() / "a", digest);
  EXPECT_EQ(read_file(two.fetch(digest), 100), "content");
  two.remove(digest);
  EXPECT_FALSE(one.has(digest));
}

}  // namespace
}  // namespace atelier::studio
