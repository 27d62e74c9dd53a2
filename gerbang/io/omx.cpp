#include "gerbang/io/omx.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "gerbang/base/error.h"
#include "gerbang/io/faults.h"
#include "gerbang/io/file.h"
#include "gerbang/io/hdf5.h"

namespace gerbang::io {
namespace {

// The most zones; their lookup, not the matrix, is what a header alone can make the reader allocate.
constexpr hsize_t kMostZones = 100'000;
// No filter makes more of its input: deflate's best is about 1030 to 1.
constexpr double kMostExpansion = 1100.0;

[[noreturn]] void refuse(std::string_view file, Message found, Message expected) {
  throw InputError(
      Fault{.file = std::string(file), .found = std::move(found), .expected = std::move(expected)});
}

// Names in a group, sorted; none where there is no such group.
std::vector<std::string> names_in(hid_t file, const char* group) {
  std::vector<std::string> names;
  if (H5Lexists(file, group, H5P_DEFAULT) <= 0) return names;
  const Hdf5Handle opened(H5Gopen2(file, group, H5P_DEFAULT), H5Gclose, {"grup rusak", "a damaged group"});
  const auto add = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
    static_cast<std::vector<std::string>*>(list)->emplace_back(name);
    return 0;
  };
  hsize_t from = 0;
  hdf5_check(H5Literate(opened, H5_INDEX_NAME, H5_ITER_INC, &from, add, &names),
             {"grup rusak", "a damaged group"});
  return names;
}

Hdf5Handle open_dataset(hid_t file, const std::string& path) {
  return {H5Dopen2(file, path.c_str(), H5P_DEFAULT), H5Dclose, {"dataset rusak", "a damaged dataset"}};
}

std::vector<hsize_t> shape_of(hid_t dataset) {
  const Hdf5Handle space(H5Dget_space(dataset), H5Sclose,
                         {"dataset tanpa bentuk", "a dataset without shape"});
  const int rank = H5Sget_simple_extent_ndims(space);
  if (rank < 1 || rank > 2) return {};
  std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
  hdf5_check(H5Sget_simple_extent_dims(space, shape.data(), nullptr),
             {"dataset tanpa bentuk", "a dataset without shape"});
  return shape;
}

bool is_number(hid_t dataset) {
  const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, {"dataset tanpa tipe", "a dataset without type"});
  const H5T_class_t kind = H5Tget_class(type);
  return (kind == H5T_INTEGER || kind == H5T_FLOAT) && H5Tget_size(type) <= sizeof(double);
}

// How a dataset is stored. The library trusts headers: of layouts that OMX files do not have (within the
// header, in other files, virtual) it reads whatever they claim, and filters may be plugins.
struct Storage {
  bool is_plain = false;  // contiguous, or chunks with no filter but deflate, shuffle and checksum
  bool is_deflated = false;
  double chunk_size = 0.0;  // numbers in one chunk, which the library makes room for whatever is stored
};

Storage storage_of(hid_t dataset) {
  const Hdf5Handle creation(H5Dget_create_plist(dataset), H5Pclose, {"dataset rusak", "a damaged dataset"});
  const H5D_layout_t layout = H5Pget_layout(creation);
  Storage storage{.is_plain = layout == H5D_CHUNKED ||
                              (layout == H5D_CONTIGUOUS && H5Pget_external_count(creation) == 0)};
  const int filters = H5Pget_nfilters(creation);
  for (int i = 0; i < filters; ++i) {
    unsigned flags = 0;
    std::size_t values = 0;
    const H5Z_filter_t filter =
        H5Pget_filter2(creation, static_cast<unsigned>(i), &flags, &values, nullptr, 0, nullptr, nullptr);
    storage.is_deflated |= filter == H5Z_FILTER_DEFLATE;
    storage.is_plain &=
        filter == H5Z_FILTER_DEFLATE || filter == H5Z_FILTER_SHUFFLE || filter == H5Z_FILTER_FLETCHER32;
  }
  if (layout != H5D_CHUNKED) return storage;
  std::array<hsize_t, H5S_MAX_RANK> chunk{};
  const int rank = H5Pget_chunk(creation, static_cast<int>(chunk.size()), chunk.data());
  storage.chunk_size = 1.0;
  for (int i = 0; i < rank; ++i)
    storage.chunk_size *= static_cast<double>(chunk[static_cast<std::size_t>(i)]);
  return storage;
}

// Whether every chunk of a dataset holds the bytes that its shape promises, once inflated: the library, in
// versions that are still in use, reads on beyond a chunk that holds fewer. Only deflate and shuffle change a
// chunk's bytes here; a checksum adds four.
bool has_whole_chunks(hid_t dataset, std::size_t chunk_bytes, const Storage& storage) {
  hsize_t count = 0;
  const Hdf5Handle space(H5Dget_space(dataset), H5Sclose,
                         {"dataset tanpa bentuk", "a dataset without shape"});
  if (H5Dget_num_chunks(dataset, space, &count) < 0) return false;
  std::vector<unsigned char> stored;
  std::vector<unsigned char> inflated(chunk_bytes + 8);
  for (hsize_t i = 0; i < count; ++i) {
    std::array<hsize_t, H5S_MAX_RANK> offset{};
    unsigned skipped = 0;
    haddr_t address = 0;
    hsize_t size = 0;
    if (H5Dget_chunk_info(dataset, space, i, offset.data(), &skipped, &address, &size) < 0) return false;
    if (size > 2 * chunk_bytes + 1024) return false;  // deflate adds little to what it cannot shrink
    stored.resize(std::max<std::size_t>(size, 1));
    if (H5Dread_chunk(dataset, H5P_DEFAULT, offset.data(), &skipped, stored.data()) < 0) return false;
    if (skipped != 0) return false;
    uLongf length = inflated.size();
    if (storage.is_deflated && uncompress(inflated.data(), &length, stored.data(), size) != Z_OK)
      return false;
    if ((storage.is_deflated ? length : size) < chunk_bytes) return false;
  }
  return true;
}

class OmxReader {
 public:
  OmxReader(std::string_view bytes, std::string_view name)
      : size_(bytes.size()), name_(name), file_(open_hdf5_image(bytes)) {}

  OmxFile read(const OmxSelection& selection) {
    const std::vector<std::string> matrices = names_in(file_, "data");
    if (matrices.empty())
      refuse(name_, {"tidak ada matriks di bawah /data", "no matrix under /data"},
             {"berkas OMX", "an OMX file"});
    OmxFile result;
    for (const std::string& wanted : selection.matrices) {
      if (std::ranges::find(matrices, wanted) == matrices.end())
        refuse(name_, said({"tidak ada matriks '{}'", "no matrix '{}'"}, shown(wanted)),
               suggestion(wanted, matrices));
    }
    for (const std::string& matrix : selection.matrices.empty() ? matrices : selection.matrices)
      result.matrices.push_back(read_matrix(matrix));
    read_zones(selection.lookup, result);
    return result;
  }

 private:
  // A header may claim any size: what is stored, at its best compression, bounds what can be there. Small
  // files may be blank for the most part.
  [[nodiscard]] double most_numbers() const {
    constexpr double kHarmless = 1e6;
    return std::max(kHarmless, kMostExpansion * static_cast<double>(size_));
  }

  void check_chunks(hid_t dataset) const {
    const Storage storage = storage_of(dataset);
    if (storage.chunk_size == 0.0) return;
    const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, {"dataset tanpa tipe", "a dataset without type"});
    if (!has_whole_chunks(dataset, static_cast<std::size_t>(storage.chunk_size) * H5Tget_size(type), storage))
      throw Hdf5Error({"potongan data rusak", "damaged chunks"});
  }

  OmxMatrix read_matrix(const std::string& matrix) {
    const Hdf5Handle dataset = open_dataset(file_, "data/" + matrix);
    const std::vector<hsize_t> shape = shape_of(dataset);
    if (shape.size() != 2 || shape[0] != shape[1] || shape[0] == 0 || shape[0] > kMostZones)
      refuse(name_, said({"matriks '{}' tidak persegi", "matrix '{}' is not square"}, shown(matrix)),
             said({"baris sebanyak kolom, 1 sampai {}", "as many rows as columns, 1 to {}"}, kMostZones));
    if (!is_number(dataset))
      refuse(name_, said({"matriks '{}' tidak berisi angka", "matrix '{}' holds no numbers"}, shown(matrix)),
             {"bilangan bulat atau nyata", "integers or reals"});
    if (!storage_of(dataset).is_plain)
      refuse(name_,
             said({"matriks '{}' disimpan dengan cara yang tidak dipakai OMX",
                   "matrix '{}' is stored in a way that OMX does not use"},
                  shown(matrix)),
             {"potongan data biasa atau terkompresi", "plain or compressed chunks"});
    if (zones_ != 0 && shape[0] != zones_)
      refuse(name_,
             said({"matriks '{}' punya {} baris, yang lain {}", "matrix '{}' has {} rows, another {}"},
                  shown(matrix), shape[0], zones_),
             {"matriks berukuran sama", "matrices of one shape"});
    zones_ = shape[0];
    const double claimed = std::max(static_cast<double>(zones_ * zones_), storage_of(dataset).chunk_size);
    if (claimed > most_numbers())
      refuse(name_,
             said({"matriks '{}' mengaku berisi {} angka dalam {} bita",
                   "matrix '{}' claims {} numbers in {} bytes"},
                  shown(matrix), claimed, size_),
             {"berkas yang utuh", "a whole file"});
    check_chunks(dataset);
    OmxMatrix result{matrix, Matrix(zones_, zones_)};
    hdf5_check(
        H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, result.values.values().data()),
        {"matriks yang tidak dapat dibaca: apakah berkasnya utuh?",
         "a matrix that cannot be read: is the file whole?"});
    return result;
  }

  void read_zones(const std::string& wanted, OmxFile& result) {
    const std::vector<std::string> lookups = names_in(file_, "lookup");
    if (lookups.empty() && wanted.empty()) {
      result.zones.resize(zones_);
      std::iota(result.zones.begin(), result.zones.end(), 1);
      return;
    }
    if (wanted.empty() && lookups.size() > 1)
      refuse(name_, said({"{} lookup", "{} lookups"}, lookups.size()),
             said({"pilih salah satu: {}", "choose one of: {}"}, fmt::join(lookups, ", ")));
    result.lookup = wanted.empty() ? lookups.front() : wanted;
    if (std::ranges::find(lookups, result.lookup) == lookups.end())
      refuse(name_, said({"tidak ada lookup '{}'", "no lookup '{}'"}, shown(result.lookup)),
             suggestion(result.lookup, lookups));
    const Hdf5Handle dataset = open_dataset(file_, "lookup/" + result.lookup);
    const std::vector<hsize_t> shape = shape_of(dataset);
    if (shape.size() != 1 || shape[0] != zones_ || !is_number(dataset) || !storage_of(dataset).is_plain ||
        storage_of(dataset).chunk_size > most_numbers())
      refuse(
          name_, said({"lookup '{}' tidak cocok", "lookup '{}' does not fit"}, shown(result.lookup)),
          said({"{} bilangan bulat, satu untuk tiap zona", "{} whole numbers, one for each zone"}, zones_));
    check_chunks(dataset);
    std::vector<double> numbers(zones_);
    hdf5_check(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()),
               {"lookup yang tidak dapat dibaca", "a lookup that cannot be read"});
    for (const double number : numbers) {
      constexpr double kGreatest = 9e15;
      if (!(std::abs(number) <= kGreatest) || number != std::floor(number))
        refuse(name_,
               said({"zona {} dalam lookup '{}'", "zone {} in lookup '{}'"}, number, shown(result.lookup)),
               {"bilangan bulat", "a whole number"});
      result.zones.push_back(static_cast<std::int64_t>(number));
    }
  }

  std::size_t size_;
  std::string name_;
  Hdf5Handle file_;
  hsize_t zones_ = 0;
};

// Properties of what is made: without the time of day.
Hdf5Handle creation_of(hid_t kind) {
  Hdf5Handle creation(H5Pcreate(kind), H5Pclose, {"memori tidak cukup", "no memory"});
  hdf5_check(H5Pset_obj_track_times(creation, false),
             {"waktu tidak dapat dihilangkan", "times cannot be left out"});
  return creation;
}

Hdf5Handle make_group(hid_t file, const char* name) {
  const Hdf5Handle creation = creation_of(H5P_GROUP_CREATE);
  return {H5Gcreate2(file, name, H5P_DEFAULT, creation, H5P_DEFAULT),
          H5Gclose,
          {"grup tidak dapat dibuat", "no group"}};
}

void write_shape(hid_t file, std::size_t zones) {
  const Hdf5Handle text(H5Tcopy(H5T_C_S1), H5Tclose, {"tipe tidak dapat dibuat", "no type"});
  hdf5_check(H5Tset_size(text, 3), {"tipe tidak dapat dibuat", "no type"});
  const Hdf5Handle scalar(H5Screate(H5S_SCALAR), H5Sclose, {"bentuk tidak dapat dibuat", "no shape"});
  const Hdf5Handle version(H5Acreate2(file, "OMX_VERSION", text, scalar, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                           {"atribut tidak dapat dibuat", "no attribute"});
  hdf5_check(H5Awrite(version, text, "0.2"), {"tidak tertulis", "not written"});
  const hsize_t two = 2;
  const Hdf5Handle pair(H5Screate_simple(1, &two, nullptr), H5Sclose,
                        {"bentuk tidak dapat dibuat", "no shape"});
  const Hdf5Handle shape(H5Acreate2(file, "SHAPE", H5T_STD_I32LE, pair, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                         {"atribut tidak dapat dibuat", "no attribute"});
  const std::array<int, 2> values = {static_cast<int>(zones), static_cast<int>(zones)};
  hdf5_check(H5Awrite(shape, H5T_NATIVE_INT, values.data()), {"tidak tertulis", "not written"});
}

void write_matrix(hid_t group, const OmxMatrix& matrix) {
  constexpr unsigned kCompression = 1;  // what other writers of OMX use
  constexpr std::size_t kRowsInChunk = 64;
  const std::array<hsize_t, 2> shape = {matrix.values.rows(), matrix.values.columns()};
  const std::array<hsize_t, 2> chunk = {std::min<hsize_t>(shape[0], kRowsInChunk), shape[1]};
  const Hdf5Handle space(H5Screate_simple(2, shape.data(), nullptr), H5Sclose,
                         {"bentuk tidak dapat dibuat", "no shape"});
  const Hdf5Handle creation = creation_of(H5P_DATASET_CREATE);
  hdf5_check(H5Pset_chunk(creation, 2, chunk.data()), {"potongan data tidak dapat dibuat", "no chunks"});
  hdf5_check(H5Pset_deflate(creation, kCompression), {"kompresi tidak tersedia", "no compression"});
  const Hdf5Handle dataset(
      H5Dcreate2(group, matrix.name.c_str(), H5T_IEEE_F64LE, space, H5P_DEFAULT, creation, H5P_DEFAULT),
      H5Dclose, {"nama yang tidak diterima HDF5", "a name that HDF5 does not take"});
  hdf5_check(
      H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, matrix.values.values().data()),
      {"tidak tertulis", "not written"});
}

void write_lookup(hid_t group, const OmxFile& file) {
  const hsize_t count = file.zones.size();
  const Hdf5Handle space(H5Screate_simple(1, &count, nullptr), H5Sclose,
                         {"bentuk tidak dapat dibuat", "no shape"});
  const Hdf5Handle creation = creation_of(H5P_DATASET_CREATE);
  const Hdf5Handle dataset(
      H5Dcreate2(group, file.lookup.c_str(), H5T_STD_I64LE, space, H5P_DEFAULT, creation, H5P_DEFAULT),
      H5Dclose, {"nama yang tidak diterima HDF5", "a name that HDF5 does not take"});
  hdf5_check(H5Dwrite(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, file.zones.data()),
             {"tidak tertulis", "not written"});
}

}  // namespace

OmxFile parse_omx(std::string_view bytes, std::string_view file, const OmxSelection& selection) {
  const Hdf5Silence silence;
  try {
    return OmxReader(bytes, file).read(selection);
  } catch (const Hdf5Error& error) {
    refuse(file, error.message(), {"berkas OMX (HDF5) yang utuh", "a whole OMX file (HDF5)"});
  }
}

OmxFile read_omx(const std::filesystem::path& path, const OmxSelection& selection) {
  return parse_omx(read_file(path), path.string(), selection);
}

std::string omx_bytes(const OmxFile& file) {
  const Hdf5Silence silence;
  const Hdf5Handle image = create_hdf5_image();
  write_shape(image, file.zones.size());
  {
    const Hdf5Handle data = make_group(image, "data");
    for (const OmxMatrix& matrix : file.matrices) write_matrix(data, matrix);
    const Hdf5Handle lookup = make_group(image, "lookup");
    write_lookup(lookup, file);
  }
  return hdf5_image(image);
}

void write_omx(const std::filesystem::path& path, const OmxFile& file) {
  write_file_atomically(path, omx_bytes(file));
}

}  // namespace gerbang::io
