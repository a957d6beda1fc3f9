# SPDX-License-Identifier: Apache-2.0
# Finds the six parts of OpenCV that are used and defines Opencv::Opencv. OpenCV's own package would want all
# of its modules to be installed.
find_path(Opencv_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4)
set(Opencv_parts core imgproc video objdetect features2d calib3d)
foreach(part IN LISTS Opencv_parts)
  find_library(Opencv_${part}_LIBRARY opencv_${part})
  mark_as_advanced(Opencv_${part}_LIBRARY)
  list(APPEND Opencv_LIBRARIES ${Opencv_${part}_LIBRARY})
endforeach()
mark_as_advanced(Opencv_INCLUDE_DIR)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Opencv
  REQUIRED_VARS Opencv_INCLUDE_DIR Opencv_core_LIBRARY Opencv_imgproc_LIBRARY Opencv_video_LIBRARY
                Opencv_objdetect_LIBRARY Opencv_features2d_LIBRARY Opencv_calib3d_LIBRARY
  REASON_FAILURE_MESSAGE "(Debian: libopencv-video-dev, libopencv-objdetect-dev, libopencv-features2d-dev, libopencv-calib3d-dev)")
if(Opencv_FOUND AND NOT TARGET Opencv::Opencv)
  add_library(Opencv::Opencv INTERFACE IMPORTED)
  set_target_properties(Opencv::Opencv PROPERTIES INTERFACE_INCLUDE_DIRECTORIES ${Opencv_INCLUDE_DIR}
                                                  INTERFACE_LINK_LIBRARIES "${Opencv_LIBRARIES}")
endif()
