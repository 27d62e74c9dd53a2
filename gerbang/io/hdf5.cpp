#include "gerbang/io/hdf5.h"

namespace gerbang::io {
namespace {

constexpr std::size_t kGrowth = std::size_t{1} << 20;  // of files in memory, bytes

Hdf5Handle in_memory() {
  Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, {"memori tidak cukup", "no memory"});
  hdf5_check(H5Pset_fapl_core(access, kGrowth, 0),
             {"berkas dalam memori tidak dapat dibuat", "no file in memory"});
  return access;
}

}  // namespace

Hdf5Handle open_hdf5_image(std::string_view bytes) {
  const Hdf5Handle access = in_memory();
  // The library copies the bytes, and writes to none of them.
  hdf5_check(H5Pset_file_image(access, const_cast<char*>(bytes.data()), bytes.size()),
             {"berkas kosong", "an empty file"});
  return {H5Fopen("image", H5F_ACC_RDONLY, access),
          H5Fclose,
          {"bukan berkas HDF5, atau berkas rusak", "no HDF5 file, or a damaged one"}};
}

Hdf5Handle create_hdf5_image() {
  const Hdf5Handle access = in_memory();
  const Hdf5Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, {"memori tidak cukup", "no memory"});
  hdf5_check(H5Pset_obj_track_times(creation, false),
             {"waktu tidak dapat dihilangkan", "times cannot be left out"});
  return {H5Fcreate("image", H5F_ACC_TRUNC, creation, access),
          H5Fclose,
          {"berkas dalam memori tidak dapat dibuat", "no file in memory"}};
}

std::string hdf5_image(const Hdf5Handle& file) {
  hdf5_check(H5Fflush(file, H5F_SCOPE_GLOBAL), {"tidak tertulis", "not written"});
  const ssize_t size = H5Fget_file_image(file, nullptr, 0);
  std::string bytes(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
  if (size <= 0 || H5Fget_file_image(file, bytes.data(), bytes.size()) != size)
    throw Hdf5Error({"tidak tertulis", "not written"});
  return bytes;
}

}  // namespace gerbang::io
